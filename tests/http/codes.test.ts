import { describe, expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { type Answer, newClient } from '../support/client'
import {
  kindsTo,
  newCustomer,
  newEmail,
  nextCode,
  nextMessage,
  walkLogin,
  walkToConfirmation,
  wrongCode,
} from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { textById, textOf } from '../support/html'
import { BY_PHONE_VALUE, passedReset, REFUSAL, startReset } from './flows'

describe('codes', () => {
  it('O12 R05 a code works once, even for fifty concurrent requests', async () => {
    const customer = newCustomer()
    const client = newClient()
    const page = await client.send('/register', 'Daftar', customer)
    const code = await nextCode(customer.phone)
    const press = () => client.press(page, 'Verifikasi', { code })
    const answers = await Promise.all(Array.from({ length: 50 }, press))
    expect(answers.filter(({ location }) => location === '/register/email')).toHaveLength(1)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    expect((await press()).location).not.toBe('/register/email')
    await nextMessage(customer.email, 'code.verify_email')
    expect(await kindsTo(customer.email)).toEqual(['code.verify_email'])
    expect(await kindsTo(customer.phone)).toEqual(['notice.registered', 'code.register'])
  })

  it('O13 R06 a code works only for its own request, purpose and customer', async () => {
    const [one, other] = [await insertCustomer(), await insertCustomer()]
    const [own, others] = [await insertSession(one), await insertSession(other)]
    await own.send('/profile/recovery/email', 'Simpan', { email: newEmail() })
    const ofWizard = await nextCode(one.phone)
    await others.send('/profile/recovery/email', 'Simpan', { email: newEmail() })
    const ofOther = await nextCode(other.phone)
    const client = newClient()
    await startReset(client, one.phone)
    const ofReset = await nextCode(one.phone)
    await isRefusedCode(
      client.send('/reset/code', 'Verifikasi', { code: ofWizard }),
      ofWizard,
      ofReset,
    )
    for (const foreign of [ofReset, ofOther])
      await isRefusedCode(
        own.send('/profile/recovery/authorise', 'Verifikasi', { code: foreign }),
        foreign,
        ofWizard,
      )
    expect(
      (await own.send('/profile/recovery/authorise', 'Verifikasi', { code: ofWizard })).path,
    ).toBe('/profile/recovery/email/confirm')
  })

  it('R06 a code for one recovery address does not confirm the other', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const [email, phone] = [newEmail(), '0812 8888 7777']
    await walkToConfirmation(client, customer, 'email', email)
    const code = await nextCode(email)
    await walkToConfirmation(client, customer, 'phone', phone)
    await isRefusedCode(
      client.send('/profile/recovery/phone/confirm', 'Verifikasi', { code }),
      code,
      await nextCode(phone),
    )
  })

  it('R09 after five wrong codes the right one is refused', async () => {
    const { phone } = await insertCustomer()
    const client = newClient()
    await startReset(client, phone)
    const early = await client.open('/reset/code')
    const code = await nextCode(phone)
    for (let attempt = 1; attempt <= 5; attempt++)
      await client.press(early, 'Verifikasi', { code: wrongCode(code, attempt) })
    const answer = await client.press(early, 'Verifikasi', { code })
    expect(textOf(answer.html)).toContain(translations.code.exhausted)
    expect((await client.follow(await client.open('/reset/password'))).path).not.toBe(
      '/reset/password',
    )
  })

  it('R49 the steps keep their order: a new password without a right code is refused', async () => {
    const customer = await insertCustomer()
    const { page } = await passedReset(await insertCustomer())
    const client = newClient()
    await startReset(client, customer.phone)
    const answer = await client.press(page, 'Simpan kata sandi', {
      newPassword: 'kereta malam ke kota lama',
    })
    expect((await client.follow(answer)).path).not.toBe('/reset/done')
    expect((await walkLogin(customer)).cookies.has('session')).toBe(true)
  })

  it('O1 O2 R66 the code has one field that phones fill in, which accepts a pasted code with spaces', async () => {
    const { phone } = await insertCustomer()
    const client = newClient()
    const page = await startReset(client, phone, BY_PHONE_VALUE)
    expect(page.html.match(/<input[^>]*autoComplete="one-time-code"/g)).toHaveLength(1)
    expect(page.html).toMatch(
      /<input(?=[^>]*autoComplete="one-time-code")(?=[^>]*inputMode="numeric")(?=[^>]*type="text")[^>]*>/,
    )
    const code = await nextCode(phone)
    const spaced = `  ${code.slice(0, 3)} ${code.slice(3)} `
    expect((await client.press(page, 'Verifikasi', { code: spaced })).location).toBe(
      '/reset/password',
    )
  })
})

/** Two codes are equal by chance once in a million runs; the comparison is then skipped. */
async function isRefusedCode(answer: Promise<Answer>, foreign: string, own: string) {
  const { html } = await answer
  if (foreign !== own) expect(textById(html, 'code-error')).toContain(REFUSAL.code_wrong)
}
