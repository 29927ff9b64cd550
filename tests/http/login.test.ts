import { describe, expect, it } from 'vitest'
import { newClient } from '../support/client'
import { newEmail, OTHER_PASSWORD } from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { normalised } from '../support/html'

describe('a session', () => {
  it('ends on the server at the log-out: its cookie opens nothing afterwards', async () => {
    const client = await insertSession(await insertCustomer())
    const kept = new Map(client.cookies)
    await client.send('/profile', 'Keluar')
    for (const [name, value] of kept) client.cookies.set(name, value)
    expect((await client.open('/profile')).location).toMatch(/^\/login/)
  })

  it('refuses what an open wizard posts after the log-out', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const wizard = await client.open('/profile/recovery/email')
    const other = newClient()
    for (const [name, value] of client.cookies) other.cookies.set(name, value)
    await other.send('/profile', 'Keluar')
    const answer = await client.press(wizard, 'Simpan', { email: newEmail() })
    expect(answer.location).toMatch(/^\/login/)
  })
})

describe('the login', () => {
  it('leads only to pages of the profile, never to another site', async () => {
    const customer = await insertCustomer()
    for (const next of [
      'https://jahat.example',
      '//jahat.example',
      '/profile/../login',
      '/\\jahat.example',
    ]) {
      const client = newClient()
      const page = await client.open(`/login?next=${encodeURIComponent(next)}`)
      const answer = await client.press(page, 'Masuk', {
        identifier: customer.email,
        password: customer.password,
      })
      expect(answer.location).toBe('/profile')
    }
  })

  it('L10 says after five wrong attempts when to press again, for a known and an unknown account alike', async () => {
    const known = await insertCustomer()
    const answers = []
    for (const identifier of [known.email, newEmail()]) {
      const client = newClient()
      const page = await client.open('/login')
      for (let tries = 0; tries < 5; tries++)
        await client.press(page, 'Masuk', { identifier, password: OTHER_PASSWORD })
      answers.push(
        (
          await client.press(page, 'Masuk', { identifier, password: known.password })
        ).html.replaceAll(identifier, ''),
      )
    }
    expect(answers[0]).toContain('Tekan tombolnya lagi dalam 10 detik')
    expect(normalised(answers[0] ?? '')).toBe(normalised(answers[1] ?? ''))
  })
})
