import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { OTHER_PASSWORD } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import {
  arrivesAt,
  isRefused,
  isTakenOver,
  logIn,
  paste,
  postsOf,
  press,
  SENTENCE,
} from '../support/pages'
import { DESKTOP, PHONE, visit } from '../support/walk'

const identifier = (page: Page) => page.getByLabel('Email atau nomor handphone')
const password = (page: Page) => page.getByLabel('Kata sandi', { exact: true })
const linksOf = (page: Page) => page.locator('main a:not([href^="#"])').allInnerTexts()

describe('the log-in page', () => {
  it('L1 L2 is one form that posts, and names its fields to password managers', async () => {
    const page = await visit(PHONE)
    await page.goto('/login')
    expect(await page.locator('main form').count()).toBe(1)
    expect(await page.locator('main form button[type=submit]').count()).toBe(1)
    for (const [field, id, meaning] of [
      [identifier(page), 'identifier', 'username'],
      [password(page), 'password', 'current-password'],
    ] as const)
      expect([await field.getAttribute('id'), await field.getAttribute('autocomplete')]).toEqual([
        id,
        meaning,
      ])
  })

  it('L8 has the link to the reset in the same place as the registration, even after a refusal', async () => {
    const page = await visit(PHONE)
    for (const path of ['/login', '/login?next=%2Fprofile', '/register']) {
      await page.goto(path)
      expect((await linksOf(page))[0]).toBe('Lupa kata sandi?')
    }
    await logIn(page, 'ratna@surat.example', OTHER_PASSWORD)
    await isRefused(page, SENTENCE.login_wrong)
    expect((await linksOf(page))[0]).toBe('Lupa kata sandi?')
  })
})

describe.each([PHONE, DESKTOP])('logging in $mode', (mode) => {
  it('L3 E4 is posted once by two clicks, and its button shows the progress and is never disabled', async () => {
    const customer = await insertCustomer()
    const page = await visit(mode)
    await page.goto('/login')
    await isTakenOver(page)
    const posts = postsOf(page)
    let answer = () => {}
    const asked = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/login', async (route) => {
      await asked
      await route.continue()
    })
    expect(await page.getByRole('button', { name: 'Masuk', exact: true }).isEnabled()).toBe(true)
    await identifier(page).fill(customer.email)
    await password(page).fill(customer.password)
    await page.getByRole('button', { name: 'Masuk', exact: true }).dblclick()
    await page
      .getByRole('status')
      .getByText(translations.login.pending)
      .waitFor({ state: 'attached' })
    await page.getByRole('button', { name: translations.login.pending }).click({ force: true })
    answer()
    await arrivesAt(page, '/profile')
    expect(posts).toEqual(['/login'])
  })

  it('L6 can show the password, and hides it before the post', async () => {
    const page = await visit(mode)
    await page.goto('/login')
    const show = page.getByRole('button', { name: 'Tampilkan kata sandi' })
    expect(await show.getAttribute('type')).toBe('button')
    expect(await show.getAttribute('aria-pressed')).toBe('false')
    await identifier(page).fill('ratna@surat.example')
    await password(page).fill(OTHER_PASSWORD)
    await show.click()
    expect([
      await password(page).getAttribute('type'),
      await show.getAttribute('aria-pressed'),
    ]).toEqual(['text', 'true'])
    await press(page, 'Masuk')
    await isRefused(page, SENTENCE.login_wrong)
    expect([
      await password(page).getAttribute('type'),
      await show.getAttribute('aria-pressed'),
    ]).toEqual(['password', 'false'])
  })

  it('L7 accepts a pasted text in full', async () => {
    const page = await visit(mode)
    await page.goto('/login')
    await isTakenOver(page)
    const long =
      'kata sandi yang disimpan oleh pengelola kata sandi, delapan puluh huruf panjangnya'
    for (const field of [identifier(page), password(page)]) {
      await paste(page, field, long)
      expect(await field.inputValue()).toBe(long)
      expect(await field.getAttribute('maxlength')).toBeNull()
    }
  })
})

describe('a keyboard on the screen', () => {
  it('L9 leaves the log-in button visible', async () => {
    const height = 380
    const page = await visit({ ...PHONE, height })
    await page.goto('/login')
    await isTakenOver(page)
    for (const field of [identifier(page), password(page)]) {
      await page.evaluate(() => scrollTo(0, 0))
      await field.focus()
      await page.waitForFunction((bottom) => {
        const box = document.querySelector('main form button[type=submit]')?.getBoundingClientRect()
        return box !== undefined && box.top >= 0 && box.bottom <= bottom
      }, height)
      await field.blur()
    }
  })
})
