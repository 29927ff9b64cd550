import { expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { newClient } from '../support/client'
import { type Customer, newEmail } from '../support/customers'
import { endSessionsOf, insertCustomer, insertSession } from '../support/fixtures'
import { formsOf, textOf } from '../support/html'

const PATH = '/profile/recovery/email'

/** Presses "Simpan" after the session has ended, and returns the login that this leads to. */
async function saveTooLate(customer: Customer, email: string) {
  const client = await insertSession(customer)
  const page = await client.open(PATH)
  await endSessionsOf(customer)
  return { client, login: await client.follow(await client.press(page, 'Simpan', { email })) }
}

const emailIn = (html: string) =>
  formsOf(html)
    .flatMap(({ fields }) => fields)
    .find(({ name }) => name === 'email')?.value ?? ''

it('W4 a session that ends in the middle of a form leads back to it with what was typed', async () => {
  const [customer, email] = [await insertCustomer(), newEmail()]
  const { client, login } = await saveTooLate(customer, email)
  expect(textOf(login.html)).toContain(translations.login.ended)
  const { phone: identifier, password } = customer
  const back = await client.follow(await client.press(login, 'Masuk', { identifier, password }))
  expect(back.path).toBe(PATH)
  expect(emailIn(back.html)).toBe(email)
})

it('what was typed in a session that ended is not shown to another account', async () => {
  const [customer, other] = [await insertCustomer(), await insertCustomer()]
  const { client, login } = await saveTooLate(customer, newEmail())
  const { phone: identifier, password } = other
  const back = await client.follow(await client.press(login, 'Masuk', { identifier, password }))
  expect(back.path).toBe(PATH)
  expect(emailIn(back.html)).toBe('')
})

it('a form that is posted without any session leads to the login, and keeps nothing', async () => {
  const page = await (await insertSession(await insertCustomer())).open(PATH)
  const stranger = newClient()
  const login = await stranger.follow(await stranger.press(page, 'Simpan', { email: newEmail() }))
  expect(textOf(login.html)).toContain(translations.login.next)
})
