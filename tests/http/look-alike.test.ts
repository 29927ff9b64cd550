import { expect, it } from 'vitest'
import { newClient } from '../support/client'
import { newCustomer, nextCode, walkToAccount } from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { textOf } from '../support/html'

const DOMAIN = 'xn--80ak6aa92e.com'
const WARNING = `Hurufnya mirip huruf biasa, padahal bukan: ${DOMAIN}.`

let count = 0
const lookAlike = () => `ratna.${Date.now()}.${++count}@аррӏе.com`

const warns = ({ html, path }: { html: string; path: string }) =>
  expect([path, textOf(html)]).toEqual([path, expect.stringContaining(WARNING)])

it('a recovery e-mail at a look-alike domain has a warning at each step', async () => {
  const customer = await insertCustomer()
  const client = await insertSession(customer)
  const saved = await client.send('/profile/recovery/email', 'Simpan', { email: lookAlike() })
  expect(saved.path).toBe('/profile/recovery/authorise')
  warns(saved)
  warns(await client.open('/profile/recovery/email'))
  const code = await nextCode(customer.phone)
  warns(await client.press(saved, 'Verifikasi', { code }).then(client.follow))
})

it('a new primary e-mail at a look-alike domain has one at each step', async () => {
  const customer = await insertCustomer()
  const client = await insertSession(customer)
  const begun = await client.send('/profile/email', 'Kirim kode', {
    email: lookAlike(),
    currentPassword: customer.password,
    proof: 'primary_phone',
  })
  warns(begun)
  const review = await client.send(begun.path, 'Verifikasi', {
    code: await nextCode(customer.phone),
  })
  expect(review.path).toBe('/profile/email/review')
  warns(review)
  warns(await client.send(review.path, 'Kirim kode'))
})

it('the form of a registration shows it again with the warning when it is refused', async () => {
  const typed = newCustomer({ email: lookAlike(), phone: '0812' })
  warns(await newClient().send('/register', 'Daftar', typed))
})

it('the e-mail of a registration has one where it is confirmed', async () => {
  const [client, customer] = [newClient(), newCustomer({ email: lookAlike() })]
  await walkToAccount(customer, client)
  warns(await client.open('/register/email'))
})

it('an ordinary domain has none', async () => {
  const client = await insertSession(await insertCustomer())
  const email = `ratna.${Date.now()}@münchen.de`
  const saved = await client.send('/profile/recovery/email', 'Simpan', { email })
  expect(textOf(saved.html)).not.toContain('Hurufnya')
  expect(textOf(saved.html)).toContain('@münchen.de')
})
