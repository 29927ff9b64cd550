import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { newClient } from '../support/client'
import { newEmail, OTHER_PASSWORD } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { startReset } from './flows'

const WAIT_MS = 10_500
const HELD = 'Tekan tombolnya lagi dalam'

it('a form that needs a proof keeps what was typed, and is accepted after its wait', async () => {
  const identifier = newEmail()
  for (let sends = 0; sends < 3; sends++) await startReset(newClient(), identifier)
  const client = newClient()
  const held = await startReset(client, identifier)
  expect(held.html).toContain(`value="${identifier}"`)
  expect(held.headers.get('retry-after')).toBe('10')
  const early = await client.press(held, 'Kirim kode')
  expect(early.html).toContain(HELD)
  await sleep(WAIT_MS)
  expect((await client.press(early, 'Kirim kode')).location).toBe('/reset/code')
  const other = newClient()
  await other.open('/reset')
  expect((await other.press(early, 'Kirim kode')).html).toContain(HELD)
}, 40_000)

it('a log-in that needs a proof is accepted after its wait, with the password typed again', async () => {
  const customer = await insertCustomer()
  const { email: identifier, password } = customer
  for (let tries = 0; tries < 5; tries++)
    await newClient().send('/login', 'Masuk', { identifier, password: OTHER_PASSWORD })
  const client = newClient()
  const held = await client.send('/login', 'Masuk', { identifier, password })
  expect(held.html).toContain(HELD)
  expect(held.html).not.toContain(password)
  await sleep(WAIT_MS)
  expect((await client.press(held, 'Masuk', { password })).location).toBe('/profile')
}, 40_000)
