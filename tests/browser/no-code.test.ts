import { describe, expect, it } from 'vitest'
import { newEmail, newPhone } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { isSound } from '../support/inspect'
import { arrivesAt, BY_PHONE, follow, reads, startReset, typeAddress } from '../support/pages'
import { NO_SCRIPT, PHONE, visit } from '../support/walk'

const QUESTION = 'Kode tidak datang?'

describe('a code that does not arrive', () => {
  it('D5 P1 is explained in the same words with and without an account, and leads to the other way', async () => {
    const { phone } = await insertCustomer()
    const page = await visit(NO_SCRIPT)
    const said = []
    for (const identifier of [phone, newPhone()]) {
      await startReset(page, identifier, BY_PHONE)
      await arrivesAt(page, '/reset/code')
      await page.getByText(QUESTION).click()
      await reads(page, /^Kode hanya dikirim kalau/)
      said.push(await page.locator('details').innerText())
    }
    expect(said[0]).toBe(said[1])
    await follow(page, 'Kirim ke tujuan lain')
    await arrivesAt(page, '/reset')
  })

  it('can be told to customer care, and leads to the help for those who have lost everything', async () => {
    const page = await visit(PHONE)
    await startReset(page, newPhone(), BY_PHONE)
    await arrivesAt(page, '/reset/code')
    await page.getByText(QUESTION).click()
    await isSound(page)
    const call = page.locator('details').getByRole('link', { name: '021-25556060' })
    expect(await call.getAttribute('href')).toBe('tel:02125556060')
    await follow(page, 'Kehilangan nomor, Akun Recovery, dan kata sandi?')
    await arrivesAt(page, '/help/lost')
  })

  it('at a primary number that is lost leads to its change', async () => {
    const page = await visit(PHONE, { customer: await insertCustomer() })
    await page.goto('/profile/recovery/email')
    await typeAddress(page, 'email', newEmail())
    await arrivesAt(page, '/profile/recovery/authorise')
    await page.getByText(QUESTION).click()
    await follow(page, 'Ganti nomor utama')
    await arrivesAt(page, '/profile/phone')
  })
})
