import { describe, expect, it } from 'vitest'
import { newClient } from '../support/client'
import { newEmail, nextMessage, OTHER_PASSWORD } from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { arrivesAt, follow, isRefusedAt, logIn, press, reads, SENTENCE } from '../support/pages'
import { PHONE, visit } from '../support/walk'

describe('changing the password', () => {
  it('N2 takes the current one, ends every other session, and tells every address', async () => {
    const customer = await insertCustomer()
    const elsewhere = await insertSession(customer)
    const recovery = newEmail()
    await insertRecovery(customer, 'email', recovery)
    const page = await visit(PHONE, { customer })
    await page.goto('/profile')
    await follow(page, 'Ganti kata sandi')
    await arrivesAt(page, '/profile/password')
    await page.getByLabel('Kata sandi sekarang').fill(customer.password)
    await page.getByLabel('Kata sandi baru').fill(OTHER_PASSWORD)
    await press(page, 'Simpan kata sandi')
    await arrivesAt(page, '/profile')
    await page.getByRole('status').getByText('Kata sandi sudah diganti').waitFor()
    expect((await elsewhere.open('/profile')).location).toMatch(/^\/login/)
    for (const to of [recovery, customer.email, customer.phone])
      await nextMessage(to, 'notice.password_changed')
    await page.reload()
    await reads(page, 'Profil Akun')
    await press(page, 'Keluar')
    await arrivesAt(page, '/')
    await logIn(page, customer.email, OTHER_PASSWORD)
    await arrivesAt(page, '/profile')
  })
})

describe('a refused change of the password', () => {
  it('stands at the field that is wrong, and empties both', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/password')
    const { password } = customer
    const refused = [
      ['', OTHER_PASSWORD, 'currentPassword', SENTENCE.password_missing],
      [OTHER_PASSWORD, OTHER_PASSWORD, 'currentPassword', SENTENCE.password_wrong],
      [password, '', 'newPassword', SENTENCE.password_missing],
      [password, 'pendek', 'newPassword', SENTENCE.password_too_short],
      [password, 'qwertyuiop', 'newPassword', SENTENCE.password_common],
      [password, customer.email, 'newPassword', SENTENCE.password_context],
      [password, password, 'newPassword', SENTENCE.password_same],
    ] as const
    for (const [current, next, name, sentence] of refused) {
      await page.getByLabel('Kata sandi sekarang').fill(current)
      await page.getByLabel('Kata sandi baru').fill(next)
      await press(page, 'Simpan kata sandi')
      await isRefusedAt(page, name, sentence)
      expect(await page.locator('input[type=password][value]:not([value=""])').count()).toBe(0)
    }
    expect(
      (await newClient().send('/login', 'Masuk', { identifier: customer.email, password })).path,
    ).toBe('/profile')
  })
})
