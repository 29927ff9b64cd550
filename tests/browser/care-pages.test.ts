import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  freezeCustomer,
  insertAction,
  insertCase,
  insertWaiting,
  outcomeOf,
} from '../support/case-fixtures'
import { newPhone } from '../support/customers'
import { insertCustomer, insertRecovery } from '../support/fixtures'
import { isAccessible, isNotWide } from '../support/inspect'
import { arrivesAt, isTakenOver, press, reads } from '../support/pages'
import { query } from '../support/product-database'
import { actAs } from '../support/staff-pages'
import { DESKTOP, NO_SCRIPT, PHONE, visit } from '../support/walk'

const SIZES = [
  { width: 1366, height: 768 },
  { width: 360, height: 740 },
] as const

/** Expects that nothing sticks out, on a desktop and on a phone, and that axe finds nothing there, in light and dark. */
async function isSoundInBoth(page: Page) {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    await isNotWide(page)
  }
  await isAccessible(page)
}

async function areSound(page: Page, paths: readonly string[]) {
  for (const path of paths) {
    await page.goto(path)
    await openAll(page)
    await isSoundInBoth(page)
  }
}

/** Opens every part that is closed at first. */
const openAll = (page: Page) =>
  page.locator('details').evaluateAll((parts) => parts.map((part) => part.setAttribute('open', '')))

/** The cases of a frozen account with an open action, one that waits, and an open account. */
async function insertCases() {
  const [frozen, open] = [await insertCustomer(), await insertCustomer()]
  await freezeCustomer(frozen)
  await insertRecovery(frozen, 'phone', newPhone())
  const asked = await insertCase(frozen)
  const waiting = await insertWaiting(await insertCustomer())
  return { asked, waiting, open: await insertCase(open) }
}

describe('axe finds nothing, in light and dark, and nothing sticks out', () => {
  it.each(['Bahasa Indonesia', 'English'])('on the pages of the console: %s', async (language) => {
    const page = await visit(DESKTOP)
    const agentId = await actAs(page, 'agent')
    const { asked, waiting, open } = await insertCases()
    const actionId = await insertAction(asked, { requestedById: agentId })
    await page.goto('/care')
    if (language === 'English') await press(page, language)
    const lang = language === 'English' ? 'en' : 'id'
    await page.locator(`html[lang=${lang}]`).waitFor()
    const cases = [asked, waiting, open].map(({ number }) => `/care/cases/${number}`)
    const own = [`/care/actions/${actionId}`, `/care/actions/${waiting.actionId}`]
    await areSound(page, ['/care', ...cases, ...own, '/care/cases/ZZZZZZ', '/care/actions/x'])
    await actAs(page, 'approver')
    await areSound(page, own)
  })

  it('on their refused forms', async () => {
    const page = await visit(DESKTOP)
    await actAs(page, 'agent')
    const { number } = await insertCase(await insertCustomer())
    await page.goto('/care')
    await press(page, 'Cari akun')
    await page.locator('#query-error').waitFor()
    await isSoundInBoth(page)
    await page.goto(`/care/cases/${number}`)
    await page.getByLabel('Kata yang dibacakan penelepon').fill('481 516')
    await press(page, 'Periksa kata')
    await page.locator('#callerWord-error').waitFor()
    await isSoundInBoth(page)
  })

  it('on the pages of the link that stops an unfreeze', async () => {
    const page = await visit(PHONE)
    const { token, actionId } = await insertWaiting(await insertCustomer())
    await areSound(page, [`/veto/${token}`, '/veto/x'])
    await query(
      `update "CaseAction" set "endedAt" = now(), outcome = 'carried_out' where id = $1`,
      [actionId],
    )
    await areSound(page, [`/veto/${token}`])
    const other = await insertWaiting(await insertCustomer())
    await page.goto(`/veto/${other.token}`)
    await press(page, 'Hentikan pembukaan akun')
    await reads(page, 'Customer Care tidak membuka akunmu')
    await isSoundInBoth(page)
  })

  it('on the page with the word to read out', async () => {
    const page = await visit(PHONE, { customer: await insertCustomer() })
    await areSound(page, ['/profile/care'])
    await press(page, 'Tampilkan kata pengenal')
    await reads(page, 'Kata pengenalmu')
    await isSoundInBoth(page)
  })
})

describe('the link that stops an unfreeze', () => {
  it.each([PHONE, NO_SCRIPT])('works $mode', async (mode) => {
    const { token, number, actionId } = await insertWaiting(await insertCustomer())
    const page = await visit(mode)
    await page.goto(`/veto/${token}`)
    await reads(page, number)
    const button = page.getByRole('button', { name: 'Hentikan pembukaan akun' })
    const { width = 0, height = 0 } = (await button.boundingBox()) ?? {}
    expect([width >= 200, height >= 64]).toEqual([true, true])
    await button.click()
    await reads(page, 'Pembukaan akun dihentikan')
    expect(await outcomeOf(actionId)).toBe('vetoed')
    expect(await page.getByRole('button', { name: 'Hentikan pembukaan akun' }).count()).toBe(0)
  })
})

describe('the word of the profile', () => {
  it.each([PHONE, NO_SCRIPT])('is shown $mode, and replaced by a newer one', async (mode) => {
    const page = await visit(mode, { customer: await insertCustomer() })
    await page.goto('/help')
    await page.getByRole('link', { name: 'Sedang menelepon Customer Care?' }).click()
    await arrivesAt(page, '/profile/care')
    const word = page.locator('[role=status] span[aria-hidden]')
    await press(page, 'Tampilkan kata pengenal')
    const first = await word.innerText()
    expect(first).toMatch(/^[B-Z]{6}$/)
    await press(page, 'Buat kata yang baru')
    await expect.poll(() => word.innerText()).not.toBe(first)
    await page.reload()
  })
})

describe('the case', () => {
  it('refuses six digits in the browser, before anything is sent', async () => {
    const page = await visit(DESKTOP)
    await actAs(page, 'agent')
    const { number } = await insertCase(await insertCustomer())
    await page.goto(`/care/cases/${number}`)
    await isTakenOver(page)
    const posts: string[] = []
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
    await page.getByLabel('Kata yang dibacakan penelepon').fill('481516')
    await press(page, 'Periksa kata')
    await reads(page, 'Ini mungkin kode reset. Jangan pernah memintanya.')
    expect(posts).toEqual([])
  })

  it('is found and read with the keyboard alone', async () => {
    const page = await visit(DESKTOP)
    await actAs(page, 'agent')
    const customer = await insertCustomer()
    await page.goto('/care')
    await isTakenOver(page)
    await page.getByLabel('Email lengkap, nomor').focus()
    await page.keyboard.type(customer.phone)
    await page.keyboard.press('Tab')
    await page.keyboard.type('kode tidak sampai ke nomor utama')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/care\/cases\//)
    expect(await page.locator('[tabindex]:not([tabindex="0"], [tabindex="-1"])').count()).toBe(0)
    const summary = page.locator('summary').first()
    await summary.focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('details').first().getAttribute('open')).not.toBeNull()
    await page.keyboard.press('Tab')
    expect(await page.locator('details').first().locator(':focus').count()).toBe(1)
  })

  it('copies its number and the replies', async () => {
    const page = await visit(DESKTOP)
    await actAs(page, 'agent')
    const customer = await insertCustomer()
    await insertRecovery(customer, 'phone', newPhone())
    const { number } = await insertCase(customer)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(`/care/cases/${number}`)
    const copied = () => page.evaluate(() => navigator.clipboard.readText())
    await press(page, 'Salin nomor kasus')
    await expect.poll(copied).toBe(number)
    await press(page, 'Salin yang bahasa Inggris')
    await expect.poll(copied).toMatch(/^Nothing is wrong with your account\./)
    expect(await copied()).not.toMatch(/code/i)
  })
})
