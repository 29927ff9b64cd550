import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { newClient } from '../support/client'
import { newEmail, nextCode, nextMessage, walkLogin } from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { arrivesAt, BY_PHONE, isTakenOver, press, reads, startReset } from '../support/pages'
import { DESKTOP, PHONE, visit } from '../support/walk'

/**
 * Replaces the browser's reader of SMS codes: the test supplies the code, and checks whether the
 * page still waits.
 */
async function readsMessages(page: Page) {
  await page.addInitScript(() => {
    const waiting: { give: (code: string) => void; isOver: boolean }[] = []
    const get = ({ signal }: CredentialRequestOptions = {}) =>
      new Promise<Credential | null>((resolve, reject) => {
        const wait = {
          give: (code: string) => resolve(Object.assign({ id: '', type: 'otp' }, { code })),
          isOver: false,
        }
        waiting.push(wait)
        signal?.addEventListener('abort', () => {
          wait.isOver = true
          reject(new DOMException('', 'AbortError'))
        })
      })
    Object.assign(window, { OTPCredential: class {}, waiting })
    Object.defineProperty(navigator, 'credentials', { value: { get } })
  })
  const lastWait = () => page.waitForFunction(() => Reflect.get(window, 'waiting').at(-1))
  return {
    give: async (code: string) =>
      (await lastWait()).evaluate((wait, text) => wait.give(text), code),
    isOver: async () => (await lastWait()).evaluate((wait) => wait.isOver),
  }
}

describe('WebOTP', () => {
  it('O9 a browser that reads the SMS fills the code in and submits it', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    const sms = await readsMessages(page)
    await startReset(page, customer.phone, BY_PHONE)
    await arrivesAt(page, '/reset/code')
    await isTakenOver(page)
    await sms.give(await nextCode(customer.phone))
    await arrivesAt(page, '/reset/password')
  })

  it('O9 stops waiting when the code is submitted by hand, and waits again after a wrong one', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    const sms = await readsMessages(page)
    await startReset(page, customer.phone, BY_PHONE)
    await arrivesAt(page, '/reset/code')
    await isTakenOver(page)
    const first = await page.waitForFunction(() => Reflect.get(window, 'waiting').at(-1))
    await page.getByLabel('Kode OTP').fill('000')
    await press(page, 'Verifikasi')
    await page.locator('#code-error').waitFor()
    expect(await first.evaluate((wait) => wait.isOver)).toBe(true)
    expect(await sms.isOver()).toBe(false)
    await sms.give(await nextCode(customer.phone))
    await arrivesAt(page, '/reset/password')
  })
})

describe('a typing error in an e-mail address', () => {
  it('F6 is pointed out, and corrected with one press', async () => {
    const page = await visit(PHONE)
    await page.goto('/register')
    await isTakenOver(page)
    const field = page.getByLabel('Email', { exact: true })
    await field.fill('ratna@gmial.com')
    await field.blur()
    await press(page, 'Maksudmu ratna@gmail.com?')
    expect(await field.inputValue()).toBe('ratna@gmail.com')
    expect(await page.getByText('Maksudmu').count()).toBe(0)
  })

  it('F6 can be intended: the page accepts the address as typed', async () => {
    const [customer, address] = [await insertCustomer(), newEmail('gmial.com')]
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/recovery/email')
    await isTakenOver(page)
    await page.getByLabel('Email', { exact: true }).fill(address)
    await page.getByLabel('Email', { exact: true }).blur()
    await reads(page, 'Maksudmu')
    await press(page, 'Simpan')
    await arrivesAt(page, '/profile/recovery/authorise')
    await reads(page, address)
  })

  it('F6 that the customer corrects does not move the button during the press', async () => {
    const page = await visit(DESKTOP, { customer: await insertCustomer() })
    await page.goto('/profile/recovery/email')
    await isTakenOver(page)
    const field = page.getByLabel('Email', { exact: true })
    await field.fill('ratna@gmial.com')
    await field.blur()
    await reads(page, 'Maksudmu')
    await field.fill(newEmail())
    await page.getByRole('button', { name: 'Simpan' }).click({ delay: 200 })
    await arrivesAt(page, '/profile/recovery/authorise')
  })
})

describe('a domain of letters that look like others', () => {
  it('is warned of when the field is left, until it is corrected', async () => {
    const page = await visit(PHONE)
    await page.goto('/register')
    await isTakenOver(page)
    const field = page.getByLabel('Email', { exact: true })
    await field.fill('ratna@аррӏе.com')
    await field.blur()
    await reads(page, 'padahal bukan: xn--80ak6aa92e.com')
    await field.fill(newEmail())
    await field.blur()
    await page.getByText('padahal bukan').waitFor({ state: 'detached' })
  })
})

describe('a form whose client-side check cannot be loaded', () => {
  it('is checked by the server', async () => {
    const page = await visit(DESKTOP, { foreseen: /Failed to (load|fetch)|ERR_FAILED|404/ })
    await page.goto('/login')
    await isTakenOver(page)
    await page.route('**/_next/static/**', (route) => route.abort())
    await press(page, 'Masuk')
    await reads(page, 'Isi email atau nomor handphone.')
  })
})

describe('a resend that is too early', () => {
  it('D4 carries the remaining wait in the answer itself', async () => {
    const { phone } = await insertCustomer()
    const client = newClient()
    const code = await client.send('/reset', 'Kirim kode', {
      identifier: phone,
      choice: 'primary_phone',
    })
    const early = await client.press(code, 'Kirim ulang kode')
    const seconds = Number(early.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(code.headers.get('retry-after')).toBeNull()
  })
})

describe('the language', () => {
  it('is stored with the customer: other browsers start in it, and messages use it', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    await client.press(await client.open('/profile'), 'English')
    const other = await walkLogin(customer)
    expect((await other.open('/profile')).html).toMatch(/<html[^>]* lang="en"/)
    expect((await newClient().open('/')).html).toMatch(/<html[^>]* lang="id"/)
    expect((await nextMessage(customer.email, 'notice.new_device')).text).toContain('a new device')
  })
})
