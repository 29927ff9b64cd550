import { describe, it } from 'vitest'
import { newAddress, nextMessage } from '../support/customers'
import { insertCustomer, insertRecovery } from '../support/fixtures'
import { arrivesAt, follow, press, reads } from '../support/pages'
import { DESKTOP, PHONE, visit } from '../support/walk'
import { BY_RECOVERY, FIELD, finish, KINDS } from './change-pages'

describe('a recovery account', () => {
  it.each(KINDS)(
    'is replaced from the profile, through the primary phone or the other recovery address: %s',
    async (kind) => {
      const customer = await insertCustomer()
      const other = kind === 'email' ? 'phone' : 'email'
      const [first, second, proof] = [newAddress(kind), newAddress(kind), newAddress(other)]
      await insertRecovery(customer, kind, first)
      const base = `/profile/recovery/${kind}/replace`
      const page = await visit(PHONE, { customer })
      await page.goto('/profile')
      await page.locator(`a[href="${base}"]`).click()
      await reads(page, 'Tanpa Akun Recovery lain yang aktif')
      await page.getByLabel(FIELD[kind]).fill(second)
      await press(page, 'Kirim kode')
      await finish(page, base, customer.phone, second)
      await reads(page, 'Akun Recovery sudah diganti')
      for (const to of [first, second, customer.email])
        await nextMessage(to, 'notice.recovery_replaced')
      await insertRecovery(customer, other, proof)
      await page.goto(base)
      await page.getByLabel(FIELD[kind]).fill(first)
      await page.getByRole('radio', { name: BY_RECOVERY }).check()
      await press(page, 'Kirim kode')
      await finish(page, base, proof, first)
      await follow(page, 'Ke profil')
      await reads(page, '1.000 poin')
    },
  )
})

describe('an unknown address path in the profile', () => {
  it('redirects to the profile', async () => {
    const page = await visit(DESKTOP, { customer: await insertCustomer() })
    for (const path of [
      '/profile/faks',
      '/profile/faks/review',
      '/profile/recovery/email/replace',
    ]) {
      await page.goto(path)
      await arrivesAt(page, '/profile')
    }
  })
})
