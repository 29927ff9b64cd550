import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { newClient } from '../support/client'
import { type Customer, newCustomer } from '../support/customers'
import { textById } from '../support/html'
import { fillRegistration, isRefusedAt, press, SENTENCE } from '../support/pages'
import { PHONE, visit } from '../support/walk'

const REFUSED = [
  ['name', '', SENTENCE.name_missing],
  ['name', '   ', SENTENCE.name_missing],
  ['name', 'x'.repeat(101), SENTENCE.name_too_long],
  ['email', '', SENTENCE.email_missing],
  ['email', 'ratna', SENTENCE.email_malformed],
  ['email', 'ratna@', SENTENCE.email_malformed],
  ['email', 'ratna@surat..example', SENTENCE.email_malformed],
  ['email', 'ratna@surat.example, rina@surat.example', SENTENCE.email_malformed],
  ['email', `${'x'.repeat(250)}@surat.example`, SENTENCE.email_too_long],
  ['phone', '', SENTENCE.phone_missing],
  ['phone', 'nol delapan', SENTENCE.phone_malformed],
  ['phone', '0812-3456-7890 ext 12', SENTENCE.phone_malformed],
  ['phone', '0812345', SENTENCE.phone_too_short],
  ['phone', '08123456789012345', SENTENCE.phone_too_long],
  ['phone', '021 5551234', SENTENCE.phone_landline],
  ['phone', '+1 415 555 2671', SENTENCE.phone_foreign],
  ['password', '', SENTENCE.password_missing],
  ['password', 'pendek7', SENTENCE.password_too_short],
  ['password', 'x'.repeat(129), SENTENCE.password_too_long],
  ['password', 'password123', SENTENCE.password_common],
  ['password', 'ratnawulandari', SENTENCE.password_context],
] as const

/** One input for each message: a new message shows that the browser has checked again. */
const EACH_SENTENCE = REFUSED.filter(
  ([, , sentence], index) => REFUSED.findIndex(([, , same]) => same === sentence) === index,
)

const bad = (name: string, value: string) => newCustomer({ [name]: value })

describe('bad input at the registration', () => {
  it.each(REFUSED)(
    'F3 E1 is refused at the field without JavaScript: %s %j',
    async (name, value, sentence) => {
      const client = newClient()
      const typed = bad(name, value)
      const page = await client.press(await client.open('/register'), 'Daftar', typed)
      expect(page.status).toBe(200)
      expect(textById(page.html, `${name}-error`)).toBe(sentence)
      expect(page.html).toContain('<title>Perlu diperiksa: Daftar')
      for (const kept of [typed.name, typed.email, typed.phone])
        if (kept.trim()) expect(page.html).toContain(`value="${kept}"`)
      expect(client.cookies.has('register-challenge')).toBe(false)
    },
  )

  it('F3 E1 is refused in a browser, which keeps everything except the password', async () => {
    const page = await visit(PHONE)
    await page.goto('/register')
    for (const [name, value, sentence] of EACH_SENTENCE) {
      const typed = bad(name, value)
      await fillRegistration(page, typed)
      await press(page, 'Daftar')
      await isRefusedAt(page, name, sentence)
      await keeps(page, typed)
    }
    expect(new URL(page.url()).pathname).toBe('/register')
  })

  it('is refused without a request where the browser can check it', async () => {
    const page = await visit(PHONE)
    await page.goto('/register')
    await page.getByRole('button', { name: 'Tampilkan kata sandi' }).waitFor()
    const posts: string[] = []
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
    await press(page, 'Daftar')
    await isRefusedAt(page, 'name', SENTENCE.name_missing)
    await isRefusedAt(page, 'password', SENTENCE.password_missing)
    expect(posts).toEqual([])
  })
})

async function keeps(page: Page, { name, email, phone }: Customer) {
  expect(await page.getByLabel('Nama', { exact: true }).inputValue()).toBe(name)
  expect(await page.getByLabel('Email', { exact: true }).inputValue()).toBe(email)
  expect(await page.getByLabel('No. Handphone', { exact: true }).inputValue()).toBe(phone)
  const password = page.getByLabel('Kata sandi', { exact: true })
  expect(await password.getAttribute('value')).toBeNull()
}
