import { describe, expect, it } from 'vitest'
import { newClient } from '../support/client'
import {
  kindsTo,
  newCustomer,
  newEmail,
  newPhone,
  nextCode,
  nextMessage,
  walkRegistration,
  walkToConfirmation,
} from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { textById, textOf } from '../support/html'
import { inbox } from '../support/running'
import { BY_RECOVERY_VALUE, REFUSAL, startReset } from './flows'

const resetCodes = async (to: string) =>
  (await kindsTo(to)).filter((kind) => kind === 'code.reset_password').length

describe('recovery addresses', () => {
  it('R14 R58 receive no code of a reset before they are confirmed', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const [email, phone] = [newEmail(), newPhone()]
    await walkToConfirmation(client, customer, 'email', email)
    await insertRecovery(customer, 'phone', phone)
    const other = newPhone()
    await startReset(newClient(), customer.phone, BY_RECOVERY_VALUE)
    await nextMessage(phone, 'code.reset_password')
    expect([
      await resetCodes(email),
      await resetCodes(other),
      await resetCodes(customer.phone),
    ]).toEqual([0, 0, 0])
  })

  it('R58 the page of the choice explains the risk of SMS and offers another way', async () => {
    const page = textOf((await newClient().open('/reset')).html)
    expect(page).toContain('SMS bisa dibaca siapa pun yang memegang kartu SIM itu')
    expect(page).toContain('OTP ke Akun Recovery')
  })

  it('R15 can be two, and a reset sends its code to both', async () => {
    const customer = await insertCustomer()
    const [email, phone] = [newEmail(), newPhone()]
    await insertRecovery(customer, 'email', email)
    await insertRecovery(customer, 'phone', phone)
    await startReset(newClient(), customer.email, BY_RECOVERY_VALUE)
    expect(await nextCode(email)).toBe(await nextCode(phone))
  })

  it.each([
    ['email', (own: string) => own.toUpperCase()],
    ['email', (own: string) => `  ${own}  `],
    ['email', (own: string) => own.replace('@', '+lain@')],
    ['phone', (own: string) => `+62 ${own.slice(1)}`],
    ['phone', (own: string) => `62${own.slice(1)}`],
    ['phone', (own: string) => `(${own.slice(0, 4)}) ${own.slice(4)}`],
  ] as const)('F7 R16 are never the primary %s in another notation: %s', async (kind, written) => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const answer = await client.press(await client.open(`/profile/recovery/${kind}`), 'Simpan', {
      [kind]: written(customer[kind]),
    })
    expect(textById(answer.html, `${kind}-error`)).toBe(REFUSAL.same_as_primary)
  })

  it('R16 are never the primary with its domain in punycode', async () => {
    const local = `ibu.${newPhone()}`
    const client = await insertSession(
      await insertCustomer({ email: `${local}@xn--mller-kva.example` }),
    )
    const answer = await client.press(await client.open('/profile/recovery/email'), 'Simpan', {
      email: `${local}@müller.example`,
    })
    expect(textById(answer.html, 'email-error')).toBe(REFUSAL.same_as_primary)
  })
})

describe('e-mail addresses', () => {
  it('R17 receive messages with the local part as typed and the domain in lower case', async () => {
    const mark = newPhone()
    const customer = await walkRegistration(newCustomer({ email: `A.b+${mark}@Ex.COM` }))
    await nextMessage(customer.email, 'notice.email_confirmed')
    const written = new Set((await inbox(customer.email)).map(({ to }) => to))
    expect([...written]).toEqual([`A.b+${mark}@ex.com`])
  })

  it.each([
    'a@b.example\r\nBcc: x@y.example',
    'a@b.example%0d%0aBcc:x@y.example',
    'a@b.example\nTo: x@y.example',
    '"a\r\n"@b.example',
  ])('R18 cannot inject a header: %j is refused', async (email) => {
    const client = newClient()
    const typed = newCustomer({ email })
    const answer = await client.press(await client.open('/register'), 'Daftar', typed)
    expect(textById(answer.html, 'email-error')).toBe(REFUSAL.email_malformed)
    expect(await inbox(typed.phone)).toEqual([])
  })
})
