import { describe, expect, it } from 'vitest'
import { insertWaiting, outcomeOf } from '../support/case-fixtures'
import { type Client, newClient } from '../support/client'
import { newEmail, newPhone, nextCode, OTHER_PASSWORD, wrongCode } from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { formsOf, initialValues, textById, textOf } from '../support/html'
import { REFUSAL, startReset } from './flows'

/** The values of the fields of a page. */
const heldIn = (html: string) => Object.fromEntries(formsOf(html).flatMap(initialValues))

describe('a code', () => {
  it.each([
    ['with a space', (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`],
    ['with a hyphen', (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`],
    ['with the words around it', (code: string) => `${code} Kode OTP Blibli`],
    ['in Arabic digits', (code: string) => inDigits(code, 0x660)],
    ['in full-width digits', (code: string) => inDigits(code, 0xff10)],
  ])('O2 O3 is accepted %s', async (_, written) => {
    const { phone } = await insertCustomer()
    const client = newClient()
    const page = await startReset(client, phone)
    const answer = await client.press(page, 'Verifikasi', { code: written(await nextCode(phone)) })
    expect(answer.location).toBe('/reset/password')
  })

  it('O4 O6 O8 has a message for each fault at the field, and is never shown again', async () => {
    const { phone } = await insertCustomer()
    const client = newClient()
    const page = await startReset(client, phone)
    for (const [code, sentence] of [
      ['', REFUSAL.code_missing],
      ['12345', REFUSAL.code_too_short],
      ['1234567', REFUSAL.code_too_long],
      ['12a456', REFUSAL.code_not_digits],
      [wrongCode(await nextCode(phone)), `${REFUSAL.code_wrong} Sisa 4 percobaan.`],
    ] as const) {
      const { html } = await client.press(page, 'Verifikasi', { code })
      expect(textById(html, 'code-error')).toBe(sentence)
      expect(html).toMatch(/<input(?=[^>]*id="code")(?=[^>]*aria-invalid="true")/)
      expect(heldIn(html).code ?? '').toBe('')
    }
  })
})

const inDigits = (code: string, zero: number) =>
  code.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)))

describe('a step that another tab has completed redirects to the start of its flow with a message:', () => {
  const isGone = async (client: Client, answer: ReturnType<Client['press']>, start: string) => {
    const page = await client.follow(await answer)
    expect(page.path.split('?')[0]).toBe(start)
    expect(textOf(page.html)).toContain(REFUSAL.challenge_gone)
  }

  it('the code from the primary number, and the code to the new address', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const address = newEmail()
    const tab = await client.send('/profile/recovery/email', 'Simpan', { email: address })
    const code = { code: await nextCode(customer.phone) }
    const saved = await client.follow(await client.press(tab, 'Verifikasi', code))
    await isGone(client, client.press(tab, 'Verifikasi', { code: '123456' }), '/profile/recovery')
    await client.press(saved, 'Verifikasi', { code: await nextCode(address) })
    await isGone(client, client.press(saved, 'Verifikasi', { code: '123456' }), '/profile')
  })

  it('a removal', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    await insertRecovery(customer, 'phone', newPhone())
    const tab = await client.send('/profile/recovery/phone/remove', 'Kirim kode')
    await client.press(tab, 'Hapus', { code: await nextCode(customer.phone) })
    await isGone(client, client.press(tab, 'Hapus', { code: '123456' }), '/profile')
  })

  it('a reset', async () => {
    const customer = await insertCustomer()
    const client = newClient()
    const tab = await startReset(client, customer.phone)
    const code = { code: await nextCode(customer.phone) }
    const page = await client.follow(await client.press(tab, 'Verifikasi', code))
    await client.press(page, 'Simpan kata sandi', { newPassword: OTHER_PASSWORD })
    await isGone(client, client.press(tab, 'Verifikasi', { code: '123456' }), '/reset')
  })
})

describe('a form that is refused', () => {
  it('E1 shows the refusal at the wrong field, and empties both passwords', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const { password } = customer
    const page = await client.open('/profile/password')
    for (const [currentPassword, newPassword, name, sentence] of [
      ['', OTHER_PASSWORD, 'currentPassword', REFUSAL.password_missing],
      [OTHER_PASSWORD, OTHER_PASSWORD, 'currentPassword', REFUSAL.password_wrong],
      [password, '', 'newPassword', REFUSAL.password_missing],
      [password, 'pendek', 'newPassword', REFUSAL.password_too_short],
      [password, 'qwertyuiop', 'newPassword', REFUSAL.password_common],
      [password, customer.email, 'newPassword', REFUSAL.password_context],
      [password, password, 'newPassword', REFUSAL.password_same],
    ] as const) {
      const typed = { currentPassword, newPassword }
      const { html } = await client.press(page, 'Simpan kata sandi', typed)
      expect(textById(html, `${name}-error`)).toBe(sentence)
      expect(html).not.toMatch(/<input(?=[^>]*type="password")(?=[^>]* value="[^"])/)
    }
  })

  it('E1 keeps the identifier and the choice of a reset', async () => {
    const client = newClient()
    const page = await client.open('/reset')
    const { html: empty } = await client.press(page, 'Kirim kode')
    expect(textById(empty, 'identifier-error')).toBe(REFUSAL.identifier_missing)
    expect(textById(empty, 'choice-error')).toBe(REFUSAL.choice_missing)
    for (const identifier of ['bukan apa-apa', '021 5551234', 'a@']) {
      const typed = { identifier, choice: 'primary_phone' }
      const { html } = await client.press(page, 'Kirim kode', typed)
      expect(textById(html, 'identifier-error')).toBe(REFUSAL.identifier_malformed)
      expect(heldIn(html)).toMatchObject(typed)
    }
  })

  it('W5 keeps the new number of a change, and empties the password', async () => {
    const client = await insertSession(await insertCustomer())
    const phone = newPhone()
    const typed = { phone, currentPassword: 'not the password', proof: 'primary_phone' }
    const answer = await client.press(await client.open('/profile/phone'), 'Kirim kode', typed)
    expect(textById(answer.html, 'currentPassword-error')).toBe(REFUSAL.password_wrong)
    expect(heldIn(answer.html)).toMatchObject({ phone })
    expect(answer.html).not.toContain('not the password')
  })
})

describe('another language, chosen in a form', () => {
  const typed = { name: 'Ratna', email: 'ratna@example.com', phone: '0813 1' }

  it.each([
    ['/register', 'Daftar', { ...typed, password: OTHER_PASSWORD }, typed],
    ['/reset', 'Kirim kode', { identifier: 'ratna@', choice: 'recovery' }, undefined],
    ['/profile/recovery/email', 'Simpan', { email: 'ratna@example.com' }, undefined],
  ] as const)(
    'keeps what was typed at %s, and does nothing else',
    async (path, button, given, kept) => {
      const client = path.startsWith('/profile')
        ? await insertSession(await insertCustomer())
        : newClient()
      const empty = await client.open(path)
      const cookies = [...client.cookies.keys()]
      const page = await client.press(empty, button, { ...given, switchTo: 'en' })
      expect([page.status, page.location]).toEqual([200, null])
      expect(page.html).toMatch(/<html[^>]* lang="en"/)
      expect(heldIn(page.html)).toMatchObject(kept ?? given)
      expect(page.html).not.toContain(OTHER_PASSWORD)
      expect(page.html).not.toContain('aria-invalid="true"')
      expect([...client.cookies.keys()]).toEqual([...cookies, 'locale'])
    },
  )

  it('is not what the form does', async () => {
    const { token, actionId } = await insertWaiting(await insertCustomer())
    const client = newClient()
    const old = await client.open(`/veto/${token}`)
    await client.press(old, 'Hentikan pembukaan akun', { switchTo: 'en' })
    expect(await outcomeOf(actionId)).toBeNull()
  })
})
