import { describe, expect, it } from 'vitest'
import { newEmail, newPhone, OTHER_PASSWORD } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { arrivesAt, follow, isRefused, isRefusedAt, logIn, press, SENTENCE } from '../support/pages'
import { PHONE, visit } from '../support/walk'

const _notationsOf = (phone: string) => {
  const national = phone.slice(1)
  return [
    phone,
    `62${national}`,
    `+62 (0)${national}`,
    `0062${national}`,
    `${phone.slice(0, 4)}-${phone.slice(4, 8)}-${phone.slice(8)}`,
  ]
}
describe('logging in and out', () => {
  it('L1 leads to the profile, and logging out leaves it', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    await page.goto('/profile/points')
    await arrivesAt(page, '/login')
    await page.getByLabel('Email atau nomor handphone').fill(customer.email.toUpperCase())
    await page.getByLabel('Kata sandi', { exact: true }).fill(customer.password)
    await press(page, 'Masuk')
    await arrivesAt(page, '/profile/points')
    await press(page, 'Keluar')
    await arrivesAt(page, '/logged-out')
    await follow(page, 'Masuk lagi')
    await arrivesAt(page, '/login')
    await page.goto('/profile')
    await arrivesAt(page, '/login')
  })
})

describe('a refused login', () => {
  it('L4 L5 keeps the identifier, empties the password, and shows the same message for a wrong password and an unknown account', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE)
    for (const identifier of [
      customer.email,
      customer.phone,
      newEmail(),
      newPhone(),
      'bukan apa-apa',
    ]) {
      await logIn(page, identifier, OTHER_PASSWORD)
      await isRefused(page, SENTENCE.login_wrong)
      expect(await page.getByLabel('Email atau nomor handphone').inputValue()).toBe(identifier)
      expect(await page.getByLabel('Kata sandi', { exact: true }).inputValue()).toBe('')
    }
  })

  it('L3 E1 shows at each empty field what is missing', async () => {
    const page = await visit(PHONE)
    await logIn(page, '', '')
    await isRefusedAt(page, 'identifier', SENTENCE.identifier_missing)
    await isRefusedAt(page, 'password', SENTENCE.password_missing)
  })
})
