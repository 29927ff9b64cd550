import { describe, expect, it, vi } from 'vitest'
import { newClient } from '../support/client'
import { kindsTo, newEmail, walkLogin } from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { startReset } from './flows'

describe('R25 sends are limited', () => {
  it('to three for an identifier without a proof, in any notation and over all networks', async () => {
    const customer = await insertCustomer()
    const requestCode = (identifier: string) => startReset(newClient(), identifier)
    const abroad = `+62 ${customer.phone.slice(1)}`
    const answers = await Promise.all(
      [customer.phone, abroad, customer.phone, abroad, abroad].map(requestCode),
    )
    expect(answers.filter(({ path }) => path === '/reset/code')).toHaveLength(3)
    const refused = answers.find(({ path }) => path === '/reset')
    expect(refused?.html).toContain('Tekan tombolnya lagi dalam 10 detik')
    await vi.waitFor(async () =>
      expect(
        (await kindsTo(customer.phone)).filter((kind) => kind.startsWith('code.')),
      ).toHaveLength(3),
    )
    expect((await walkLogin(customer)).cookies.has('session'), 'R26 the owner still logs in').toBe(
      true,
    )
  })

  it('to thirty for a network without a proof', async () => {
    const client = newClient()
    const paths: string[] = []
    for (let sends = 0; sends < 31; sends++) paths.push((await startReset(client, newEmail())).path)
    expect(paths.filter((path) => path === '/reset/code')).toHaveLength(30)
    expect(paths.at(-1)).toBe('/reset')
  })
})

describe('R26 the request of a reset', () => {
  it('neither locks the owner out nor ends a session', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    for (let sends = 0; sends < 8; sends++) await startReset(newClient(), customer.email)
    expect((await client.open('/profile')).status).toBe(200)
    expect((await walkLogin(customer)).cookies.has('session')).toBe(true)
  })
})
