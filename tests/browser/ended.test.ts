import { describe, it } from 'vitest'
import { newEmail, newPhone, nextCode, OTHER_PASSWORD } from '../support/customers'
import { insertCustomer, insertRecovery } from '../support/fixtures'
import {
  answerCode,
  arrivesAt,
  BY_PHONE,
  finishReset,
  press,
  reads,
  SENTENCE,
  startReset,
  typeAddress,
} from '../support/pages'
import { PHONE, visit } from '../support/walk'

describe('a step that another tab has finished says so where its flow begins:', () => {
  it('the code from the primary number', async () => {
    const [customer, address] = [await insertCustomer(), newEmail()]
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/recovery/email')
    await typeAddress(page, 'email', address)
    await arrivesAt(page, '/profile/recovery/authorise')
    const tab = await page.context().newPage()
    await tab.goto('/profile/recovery/authorise')
    await answerCode(page, await nextCode(customer.phone))
    await arrivesAt(page, '/profile/recovery/email/confirm')
    await answerCode(tab, '123456')
    await arrivesAt(tab, '/profile/recovery')
    await reads(tab, SENTENCE.challenge_gone)
    const late = await page.context().newPage()
    await late.goto('/profile/recovery/email/confirm')
    await answerCode(page, await nextCode(address))
    await arrivesAt(page, '/profile/recovery/done')
    await answerCode(late, '123456')
    await arrivesAt(late, '/profile')
    await reads(late, SENTENCE.challenge_gone)
  })

  it('a removal', async () => {
    const [customer, address] = [await insertCustomer(), newPhone()]
    await insertRecovery(customer, 'phone', address)
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/recovery/phone/remove')
    await press(page, 'Kirim kode')
    await page.getByLabel('Kode OTP').waitFor()
    const tab = await page.context().newPage()
    await tab.goto('/profile/recovery/phone/remove')
    await answerCode(page, await nextCode(customer.phone), 'Hapus')
    await arrivesAt(page, '/profile')
    await answerCode(tab, '123456', 'Hapus')
    await arrivesAt(tab, '/profile')
    await reads(tab, SENTENCE.challenge_gone)
  })

  it('a reset', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    await startReset(page, customer.phone, BY_PHONE)
    await arrivesAt(page, '/reset/code')
    const tab = await page.context().newPage()
    await tab.goto('/reset/code')
    await finishReset(page, customer.phone, OTHER_PASSWORD)
    await answerCode(tab, '123456')
    await arrivesAt(tab, '/reset')
    await reads(tab, SENTENCE.challenge_gone)
  })
})
