import { afterAll, describe, expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { newAddress, nextCode, nextMessage, OTHER_PASSWORD } from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { linkIn } from '../support/html'
import {
  answerCode,
  arrivesAt,
  BY_RECOVERY,
  chooseKind,
  finishReset,
  follow,
  isRefused,
  isRefusedAt,
  LABEL,
  logIn,
  press,
  reads,
  SENTENCE,
  startReset,
  typeAddress,
} from '../support/pages'
import { startOwnProduct } from '../support/running'
import { closeBrowser, FIREFOX, visit } from '../support/walk'

startOwnProduct()
afterAll(closeBrowser)

const { secure, secureFrozen } = translations

describe('a customer with Firefox', () => {
  it('logs in after a refusal, and logs out', async () => {
    const customer = await insertCustomer()
    const page = await visit(FIREFOX)
    await logIn(page, customer.email, OTHER_PASSWORD)
    await isRefused(page, SENTENCE.login_wrong)
    expect(await page.getByLabel('Email atau nomor handphone').inputValue()).toBe(customer.email)
    await logIn(page, customer.email, customer.password)
    await arrivesAt(page, '/profile')
  })

  it.each(['email', 'phone'] as const)('adds a recovery account: %s', async (kind) => {
    const customer = await insertCustomer()
    const address = newAddress(kind)
    const page = await visit(FIREFOX, { customer })
    await page.goto('/profile')
    await follow(page, 'Tambah Akun Recovery')
    await chooseKind(page, kind)
    await typeAddress(page, kind, customer[kind])
    await isRefusedAt(page, kind, SENTENCE.same_as_primary)
    // In Firefox, Playwright appends to an e-mail field that is not empty.
    for (const key of ['ControlOrMeta+A', 'Backspace'])
      await page.getByLabel(LABEL[kind], { exact: true }).press(key)
    await typeAddress(page, kind, address)
    await arrivesAt(page, '/profile/recovery/authorise')
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, `/profile/recovery/${kind}/confirm`)
    await answerCode(page, await nextCode(address))
    await arrivesAt(page, '/profile/recovery/done')
    await reads(page, '+1.000 poin')
  })

  it('sets a new password with a code to the recovery account', async () => {
    const customer = await insertCustomer()
    const recovery = newAddress('phone')
    await insertRecovery(customer, 'phone', recovery)
    const page = await visit(FIREFOX)
    await startReset(page, customer.email, BY_RECOVERY)
    await arrivesAt(page, '/reset/code')
    await answerCode(page, '000000')
    await isRefusedAt(page, 'code', SENTENCE.code_wrong)
    await finishReset(page, recovery, OTHER_PASSWORD)
    await logIn(page, customer.email, OTHER_PASSWORD)
    await arrivesAt(page, '/profile')
  })

  it('freezes the account with the link of a notice', async () => {
    const customer = await insertCustomer()
    const recovery = newAddress('email')
    await insertRecovery(customer, 'email', recovery)
    const client = await insertSession(customer)
    await client.send('/profile/recovery/email/remove', 'Kirim kode')
    await client.send('/profile/recovery/email/remove', 'Hapus', {
      code: await nextCode(customer.phone),
    })
    const page = await visit(FIREFOX)
    await page.goto(linkIn(await nextMessage(recovery, 'notice.recovery_removed')))
    await press(page, secure.submit)
    await reads(page, secureFrozen.title)
    expect((await client.open('/profile')).location).toContain('/login')
  })
})
