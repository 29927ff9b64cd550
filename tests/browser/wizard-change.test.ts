import { describe, expect, it } from 'vitest'
import {
  kindsTo,
  newAddress,
  newEmail,
  nextCode,
  nextMessage,
  wrongCode,
} from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import {
  answerCode,
  arrivesAt,
  BY_PHONE,
  BY_RECOVERY,
  follow,
  isRefusedAt,
  press,
  reads,
  SENTENCE,
  startReset,
} from '../support/pages'
import { PHONE, visit } from '../support/walk'

describe('removing a recovery address', () => {
  it('W6 requires a code to the primary phone, notifies every address, and keeps the points', async () => {
    const customer = await insertCustomer()
    const address = newEmail()
    await insertRecovery(customer, 'email', address)
    const page = await visit(PHONE, { customer })
    await page.goto('/profile')
    await follow(page, 'Hapus')
    await arrivesAt(page, '/profile/recovery/email/remove')
    await press(page, 'Kirim kode')
    await page.getByLabel('Kode OTP').waitFor()
    const code = await nextCode(customer.phone)
    await answerCode(page, wrongCode(code), 'Hapus')
    await isRefusedAt(page, 'code', SENTENCE.code_wrong)
    await answerCode(page, code, 'Hapus')
    await arrivesAt(page, '/profile/done')
    await reads(page, 'Akun Recovery sudah dihapus')
    await follow(page, 'Ke profil')
    await arrivesAt(page, '/profile')
    await reads(page, '1.000 poin')
    await page.getByRole('link', { name: 'Tambah Email Akun Recovery' }).waitFor()
    for (const to of [address, customer.email, customer.phone])
      await nextMessage(to, 'notice.recovery_removed')
  })
})

describe('a removed recovery address', () => {
  it('receives no code of a reset', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const address = newEmail()
    await insertRecovery(customer, 'email', address)
    await client.send('/profile/recovery/email/remove', 'Kirim kode')
    await client.send('/profile/recovery/email/remove', 'Hapus', {
      code: await nextCode(customer.phone),
    })
    await nextMessage(address, 'notice.recovery_removed')
    const page = await visit(PHONE)
    await startReset(page, customer.email, BY_RECOVERY)
    await arrivesAt(page, '/reset/code')
    await startReset(page, customer.phone, BY_PHONE)
    await nextMessage(customer.phone, 'code.reset_password')
    expect((await kindsTo(address)).filter((kind) => kind === 'code.reset_password')).toEqual([])
  })

  it('is kept when the customer leaves the page', async () => {
    const customer = await insertCustomer()
    await insertRecovery(customer, 'phone', newAddress('phone'))
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/recovery/phone/remove')
    await press(page, 'Kirim kode')
    await page.getByLabel('Kode OTP').waitFor()
    await follow(page, 'Batal, jangan dihapus')
    await arrivesAt(page, '/profile')
    await reads(page, 'Aktif')
  })
})
