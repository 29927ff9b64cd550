import { describe, expect, it } from 'vitest'
import { newClient, newIp } from '../support/client'
import { newCustomer, newEmail, nextMessage } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { startOwnProduct } from '../support/running'
import { startReset } from './flows'

startOwnProduct({ APP_ORIGIN: 'https://akun.toko.example', TRUSTED_PROXY_HOPS: '0' })

describe('a product with an https origin', () => {
  it('R46 sets cookies that are bound to this host and to https', async () => {
    const customer = await insertCustomer()
    const client = newClient()
    const answers = [
      await client.press(await client.open('/login'), 'Masuk', {
        identifier: customer.email,
        password: customer.password,
      }),
      await client.press(await client.open('/reset'), 'Kirim kode', {
        identifier: customer.email,
        choice: 'recovery',
      }),
      await client.press(await client.open('/help'), 'English'),
    ]
    const cookies = answers.flatMap(({ headers }) => headers.getSetCookie())
    for (const name of ['session', 'reset-challenge', 'locale'])
      expect(cookies).toContainEqual(expect.stringMatching(new RegExp(`^__Host-${name}=`)))
    for (const cookie of cookies)
      expect(cookie).toMatch(
        /^__Host-(?=.*; Secure)(?=.*HttpOnly)(?=.*SameSite)(?=.*Path=\/(;|$))/i,
      )
  })

  it('R47 requires https from browsers for at least a year', async () => {
    const [, seconds] =
      /max-age=(\d+)/.exec(
        (await newClient().open('/login')).headers.get('strict-transport-security') ?? '',
      ) ?? []
    expect(Number(seconds)).toBeGreaterThanOrEqual(365 * 24 * 60 * 60)
  })

  it('R44 builds links from its own origin, whatever the Host header says', async () => {
    const customer = await insertCustomer()
    const forged = newClient({
      headers: { 'x-forwarded-host': 'jahat.example', forwarded: 'host=jahat.example' },
    })
    const login = { identifier: customer.email, password: customer.password }
    for (const client of [newClient(), forged]) await client.send('/login', 'Masuk', login)
    const { text } = await nextMessage(customer.email, 'notice.new_device')
    expect(text).toContain('https://akun.toko.example/secure/')
    expect(text).not.toContain('jahat')
  })

  it.each([
    ['id', undefined],
    ['en', 'English'],
  ])('R65 ends an SMS with the line that binds its code to the host: %s', async (_, language) => {
    const client = newClient()
    const customer = newCustomer()
    if (language) await client.press(await client.open('/register'), language)
    await client.send('/register', language ? 'Sign up' : 'Daftar', customer)
    const { text, channel } = await nextMessage(customer.phone, 'code.register')
    const lines = text.split('\n')
    expect(channel).toBe('sms')
    expect(lines.at(-1)).toBe(`@akun.toko.example #${text.slice(0, 6)}`)
    expect(text).toMatch(/^\d{6} /)
    expect(text.length).toBeLessThanOrEqual(140)
    expect(lines.filter((line) => line.includes('@'))).toHaveLength(1)
  })

  it('R54 limits a client by its real address, not by a forged header', async () => {
    const paths: string[] = []
    for (let sends = 0; sends < 31; sends++) {
      const client = newClient({
        ip: newIp(),
        headers: { 'x-real-ip': newIp(), 'cf-connecting-ip': newIp() },
      })
      paths.push((await startReset(client, newEmail())).path)
    }
    expect(paths.at(-1)).toBe('/reset')
  })
})
