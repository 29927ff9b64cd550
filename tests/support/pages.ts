import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import translations from '@/messages/id.json'
import { type Customer, type Kind, nextCode } from './customers'

export { isTakenOver } from './hydration'

export const SENTENCE = translations.refusal

/** Presses a button by its name. */
export const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).click()

/** Presses a button that looks disabled, as anybody can. */
export const pressEarly = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).click({ force: true })

/** Follows a link by its name or the beginning of it. */
export const follow = (page: Page, name: string) => page.getByRole('link', { name }).first().click()

/** Waits until the browser is at a path. */
export const arrivesAt = (page: Page, path: string) =>
  page.waitForURL((url) => url.pathname === path)

/** Waits until a text is visible. */
export const reads = (page: Page, text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).first().waitFor()

/** Pastes a text from the clipboard. */
export async function paste(page: Page, field: Locator, text: string) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await field.focus()
  await page.keyboard.press('ControlOrMeta+V')
}

/** The paths of the posts of a page from now on, in order. */
export function postsOf(page: Page): string[] {
  const posts: string[] = []
  page.on(
    'request',
    (request) => request.method() === 'POST' && posts.push(new URL(request.url()).pathname),
  )
  return posts
}

export async function fillRegistration(page: Page, { name, email, phone, password }: Customer) {
  await page.getByLabel('Nama', { exact: true }).fill(name)
  await page.getByLabel('Email', { exact: true }).fill(email)
  await page.getByLabel('No. Handphone', { exact: true }).fill(phone)
  await page.getByLabel('Kata sandi', { exact: true }).fill(password)
}

export async function logIn(page: Page, identifier: string, password: string) {
  await page.goto('/login')
  await page.getByLabel('Email atau nomor handphone').fill(identifier)
  await page.getByLabel('Kata sandi', { exact: true }).fill(password)
  await press(page, 'Masuk')
}

export async function answerCode(page: Page, code: string, button = 'Verifikasi') {
  await page.getByLabel('Kode OTP').fill(code)
  await press(page, button)
}

/** The first step of the wizard. */
export async function chooseKind(page: Page, kind: Kind) {
  await arrivesAt(page, '/profile/recovery')
  await page.getByRole('radio', { name: LABEL[kind] }).check()
  await press(page, 'Lanjutkan')
  await arrivesAt(page, `/profile/recovery/${kind}`)
}

/** The second step of the wizard. */
export async function typeAddress(page: Page, kind: Kind, address: string) {
  await page.getByLabel(LABEL[kind], { exact: true }).fill(address)
  await press(page, 'Simpan')
}

export const LABEL = { email: 'Email', phone: 'No. Handphone' } as const

export async function startReset(page: Page, identifier: string, choice: string) {
  await page.goto('/reset')
  await page.getByLabel('Email atau nomor handphone').fill(identifier)
  await page.getByRole('radio', { name: choice }).check()
  await press(page, 'Kirim kode')
}

export const BY_PHONE = 'OTP lewat SMS ke nomor handphone utama'
export const BY_RECOVERY = 'OTP ke Akun Recovery'

/** Completes a reset with the code to `from`. */
export async function finishReset(page: Page, from: string, password: string) {
  await arrivesAt(page, '/reset/code')
  await answerCode(page, await nextCode(from))
  await arrivesAt(page, '/reset/password')
  await page.getByLabel('Kata sandi baru').fill(password)
  await press(page, 'Simpan kata sandi')
  await arrivesAt(page, '/reset/done')
}

/**
 * Expects a refusal at one field. The sentence is at the field, which has the focus when it is the
 * only one of its form; otherwise the sentence is in the summary too, which has the focus.
 */
export async function isRefusedAt(page: Page, name: string, sentence: string) {
  await page.locator(`#${name}-error`, { hasText: sentence }).waitFor()
  expect(await page.locator(`[aria-describedby~="${name}-error"]`).count()).toBe(1)
  expect(await page.title()).toMatch(/^Perlu diperiksa:/)
  const fields = page
    .locator(`main form:has(#${name})`)
    .locator('input:not([type=hidden], [aria-hidden])')
  const names = await fields.evaluateAll((inputs) =>
    inputs.map((input) => Reflect.get(input, 'name')),
  )
  if (new Set(names).size === 1) return page.locator(`#${name}:focus`).waitFor()
  await page.getByRole('alert').getByRole('link', { name: sentence }).waitFor()
  await page.locator('main [role=alert]:focus').waitFor()
}

/** Expects a refusal of the whole form. */
export async function isRefused(page: Page, sentence: string | RegExp) {
  await page.locator('main [role=alert]').getByText(sentence).waitFor()
}
