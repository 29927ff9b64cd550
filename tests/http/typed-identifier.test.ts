import { expect, it } from 'vitest'
import { type Client, newClient } from '../support/client'
import { newCustomer, newEmail, nextCode, OTHER_PASSWORD } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { formsOf } from '../support/html'
import { BY_PHONE_VALUE } from './flows'

/** What a field of a page contains when the page is opened. */
async function fieldAt(client: Client, path: string, name = 'identifier') {
  const fields = formsOf((await client.open(path)).html).flatMap((form) => form.fields)
  return fields.find((field) => field.name === name)?.value ?? ''
}

const failLogin = (client: Client, identifier: string) =>
  client.send('/login', 'Masuk', { identifier, password: 'kunci yang keliru' })

it('the identifier of a refused log-in is in the next form, for an account and for none', async () => {
  for (const identifier of [(await insertCustomer()).email, newEmail()]) {
    const client = newClient()
    await failLogin(client, identifier)
    expect(await fieldAt(client, '/reset')).toBe(identifier)
    expect(await fieldAt(client, '/register', 'email')).toBe(identifier)
    expect(JSON.stringify([...client.cookies])).not.toContain(identifier.split('@')[0])
  }
})

it('the identifier of a reset is in the form for another way, and in the log-in after it', async () => {
  const { phone } = await insertCustomer()
  const client = newClient()
  await client.send('/reset', 'Kirim kode', { identifier: phone, choice: BY_PHONE_VALUE })
  expect(await fieldAt(client, '/reset')).toBe(phone)
  await client.send('/reset/code', 'Verifikasi', { code: await nextCode(phone) })
  await client.send('/reset/password', 'Simpan kata sandi', { newPassword: OTHER_PASSWORD })
  expect(await fieldAt(client, '/login')).toBe(phone)
  await client.send('/login', 'Masuk', { identifier: phone, password: OTHER_PASSWORD })
  client.cookies.delete('session')
  expect(await fieldAt(client, '/login')).toBe('')
})

it('an identifier that this product has not written is not shown', async () => {
  const [client, other] = [newClient(), newClient()]
  await failLogin(other, newCustomer().phone)
  const sealed = other.cookies.get('identifier') ?? ''
  expect(sealed.length).toBeGreaterThan(20)
  const forged = sealed.slice(0, 15) + (sealed[15] === 'A' ? 'B' : 'A') + sealed.slice(16)
  client.cookies.set('identifier', forged)
  expect(await fieldAt(client, '/login')).toBe('')
})
