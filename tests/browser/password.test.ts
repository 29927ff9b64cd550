import { describe, expect, it } from 'vitest'
import { newEmail, nextMessage, OTHER_PASSWORD } from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { arrivesAt, follow, logIn, press, reads } from '../support/pages'
import { PHONE, visit } from '../support/walk'

describe('changing the password', () => {
  it('N2 requires the current one, ends every other session, and notifies every address', async () => {
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
    await arrivesAt(page, '/profile/done')
    await page.getByRole('heading', { name: 'Kata sandi sudah diganti' }).waitFor()
    expect((await elsewhere.open('/profile')).location).toMatch(/^\/login/)
    for (const to of [recovery, customer.email, customer.phone])
      await nextMessage(to, 'notice.password_changed')
    await follow(page, 'Ke profil')
    await reads(page, 'Profil akun')
    await press(page, 'Keluar')
    await arrivesAt(page, '/logged-out')
    await page.goto('/')
    await logIn(page, customer.email, OTHER_PASSWORD)
    await arrivesAt(page, '/profile')
  })
})
