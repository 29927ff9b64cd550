import { expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { newEmail, walkRecovery } from '../support/customers'
import { endSessionsOf, insertCustomer, insertSession } from '../support/fixtures'
import { textOf } from '../support/html'

const { profile } = translations

it('R68 a customer who has just logged in sees the own addresses in full, and the consent to their use', async () => {
  const [customer, recovery] = [await insertCustomer(), newEmail()]
  const client = await insertSession(customer)
  await walkRecovery(client, customer, 'email', recovery)
  const masked = await client.open('/profile')
  const shown = await client.follow(await client.press(masked, profile.showAddresses))
  for (const address of [customer.email, recovery]) {
    expect(masked.html).not.toContain(address)
    expect(textOf(shown.html).replaceAll(' ', '')).toContain(address)
  }
  expect(textOf(shown.html)).toMatch(/Kamu menyetujui pemakaiannya pada \d+ \w+ \d{4} \(versi /)
  expect(textOf((await client.open('/profile/activity')).html)).toContain(
    'mail dan nomormu ditampilkan lengkap',
  )
})

it('the ticket of a session that has ended shows no address', async () => {
  const customer = await insertCustomer()
  const client = await insertSession(customer)
  const shown = await client.send('/profile', profile.showAddresses)
  expect(shown.path).toBe('/profile/addresses')
  await endSessionsOf(customer)
  for (const [name, value] of (await insertSession(customer)).cookies)
    client.cookies.set(name, value)
  expect(textOf((await client.open('/profile/addresses')).html)).toContain(
    translations.addresses.intro,
  )
})
