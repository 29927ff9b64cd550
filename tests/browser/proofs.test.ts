import { expect, it } from 'vitest'
import { newClient } from '../support/client'
import { OTHER_PASSWORD } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { arrivesAt, logIn } from '../support/pages'
import { PHONE, visit } from '../support/walk'

it('a log-in that needs a proof goes on by itself, with the password that was typed', async () => {
  const customer = await insertCustomer()
  const { email: identifier, password } = customer
  for (let tries = 0; tries < 6; tries++)
    await newClient().send('/login', 'Masuk', { identifier, password: OTHER_PASSWORD })
  const page = await visit(PHONE)
  await page.goto('/login')
  const proven = page.waitForRequest((request) => /"?ticket/.test(request.postData() ?? ''))
  await logIn(page, identifier, password)
  await proven
  await arrivesAt(page, '/profile')
})

it('a wrong password after a proof is refused, empties the field and needs another proof', async () => {
  const customer = await insertCustomer()
  const { email: identifier, password } = customer
  for (let tries = 0; tries < 5; tries++)
    await newClient().send('/login', 'Masuk', { identifier, password: OTHER_PASSWORD })
  const page = await visit(PHONE)
  await page.goto('/login')
  await logIn(page, identifier, OTHER_PASSWORD)
  await page.getByRole('alert').getByText('tidak cocok').waitFor()
  expect(await page.getByLabel('Kata sandi', { exact: true }).inputValue()).toBe('')
  await logIn(page, identifier, password)
  await arrivesAt(page, '/profile')
})
