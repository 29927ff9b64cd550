import { beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/client'
import { type Customer, kindsTo, newAddress, newPhone } from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { textById } from '../support/html'
import { arrivesAt, isRefusedAt, LABEL, press, SENTENCE, typeAddress } from '../support/pages'
import { PHONE, visit } from '../support/walk'

const malformed = [
  ['email', '', SENTENCE.email_missing],
  ['email', 'cadangan', SENTENCE.email_malformed],
  ['email', 'cadangan@surat', SENTENCE.email_malformed],
  ['email', '@surat.example', SENTENCE.email_malformed],
  ['email', 'a@surat.example\r\nBcc: b@surat.example', SENTENCE.email_malformed],
  ['email', `${'x'.repeat(250)}@surat.example`, SENTENCE.email_too_long],
  ['phone', '', SENTENCE.phone_missing],
  ['phone', 'bukan nomor', SENTENCE.phone_malformed],
  ['phone', '0812 34', SENTENCE.phone_too_short],
  ['phone', '0812 3456 7890 12345', SENTENCE.phone_too_long],
  ['phone', '(021) 555-1234', SENTENCE.phone_landline],
  ['phone', '+65 9123 4567', SENTENCE.phone_foreign],
] as const

/** One input for each message: a new message shows that the browser has checked again. */
const eachSentence = malformed.filter(
  ([, , sentence], index) => malformed.findIndex(([, , same]) => same === sentence) === index,
)

describe('the wizard without JavaScript', () => {
  let client: Client
  let customer: Customer
  beforeAll(async () => {
    customer = await insertCustomer({ email: `tono.${newPhone()}@gmail.com` })
    client = await insertSession(customer)
  })

  const refusal = async (kind: 'email' | 'phone', value: string) => {
    const answer = await client.press(await client.open(`/profile/recovery/${kind}`), 'Simpan', {
      [kind]: value,
    })
    return textById(answer.html, `${kind}-error`)
  }

  it.each(malformed)('refuses at its field: %s %j', async (kind, value, sentence) => {
    expect(await refusal(kind, value)).toBe(sentence)
  })

  it('sends no message for a refused address', async () => {
    expect(await kindsTo(customer.phone)).toEqual([])
  })
})

describe('the wizard in a browser', () => {
  it('F3 E1 refuses in a sentence at the field and keeps what was typed', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE, { customer })
    for (const kind of ['email', 'phone'] as const) {
      const refused = [
        ...eachSentence.filter(([of]) => of === kind),
        [kind, customer[kind], SENTENCE.same_as_primary],
      ] as const
      await page.goto(`/profile/recovery/${kind}`)
      for (const [, value, sentence] of refused) {
        await typeAddress(page, kind, value)
        await isRefusedAt(page, kind, sentence)
        expect(await page.getByLabel(LABEL[kind], { exact: true }).inputValue()).toBe(value)
      }
    }
  })

  it('requires a choice', async () => {
    const page = await visit(PHONE, { customer: await insertCustomer() })
    await page.goto('/profile/recovery')
    await press(page, 'Lanjutkan')
    await isRefusedAt(page, 'kind', SENTENCE.choice_missing)
  })
})

describe('a second recovery address of a kind', () => {
  it('is not offered, and is refused when it is posted', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const held = newAddress('email')
    const early = await client.open('/profile/recovery/email')
    await insertRecovery(customer, 'email', held)
    for (const email of [held, newAddress('email')]) {
      const answer = await client.press(early, 'Simpan', { email })
      expect(textById(answer.html, 'email-error')).toBe(SENTENCE.already_held)
    }
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/recovery')
    expect(await page.getByRole('radio').count()).toBe(1)
    await insertRecovery(customer, 'phone', newAddress('phone'))
    await page.goto('/profile')
    expect(await page.getByRole('link', { name: 'Tambah Akun Recovery' }).count()).toBe(0)
    await page.goto('/profile/recovery')
    await page.getByText('sudah lengkap').waitFor()
    await arrivesAt(page, '/profile/recovery')
  })
})
