import { expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { newClient } from '../support/client'
import { newCustomer } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { textOf } from '../support/html'
import { BY_PHONE_VALUE } from './flows'

it.each([
  ['/login', 'Masuk'],
  ['/reset', 'Kirim kode'],
  ['/register', 'Daftar'],
] as const)('a browser that keeps no cookies is told so: %s', async (path, button) => {
  const { email, password } = await insertCustomer()
  const values = {
    '/login': { identifier: email, password },
    '/reset': { identifier: email, choice: BY_PHONE_VALUE },
    '/register': newCustomer(),
  }[path]
  const client = newClient()
  const page = await client.open(path)
  client.cookies.clear()
  const answer = await client.press(page, button, values)
  expect([answer.status, textOf(answer.html)]).toEqual([
    200,
    expect.stringContaining(translations.refusal.cookies_blocked),
  ])
  client.cookies.set('visit', '1')
  expect((await client.press(page, button, values)).location).not.toBeNull()
})
