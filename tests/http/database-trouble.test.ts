import { afterEach, describe, expect, it, vi } from 'vitest'
import id from '@/messages/id.json'
import { type Client, newClient } from '../support/client'
import { insertCustomer, insertSession } from '../support/fixtures'
import { formsOf, textById } from '../support/html'
import { startProxiedProduct } from '../support/proxied-product'

const own = startProxiedProduct()
const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

/** Every page that only a signed-in customer sees, and the home page, which shows the name. */
const PAGES = [
  '/',
  '/profile',
  '/profile/recovery',
  '/profile/phone',
  '/profile/password',
  '/profile/points',
  '/profile/activity',
  '/profile/devices',
]

/** What makes the database unusable until the returned function is called. */
const TROUBLES: Record<string, () => Promise<() => Promise<void>>> = {
  'a locked table of sessions': async () => {
    const client = await own().connect()
    await client.query('begin; lock table "Session" in access exclusive mode')
    return () => client.end()
  },
  'a stopped database': async () => {
    own().proxy.refuse()
    return async () => own().proxy.restore()
  },
}

let heal = async () => {}
afterEach(() => heal())

async function signedIn() {
  const client = newClient({ headers: HTML })
  await insertSession(await insertCustomer(), client)
  return client
}

/** Waits until the product reaches its database again. */
const usable = (client: Client) =>
  vi.waitFor(async () => expect((await client.open('/profile')).status).toBe(200), 15_000)

const isProfile = (html: string) => html.includes('Keluar')

describe.each(Object.entries(TROUBLES))('during %s', (_, start) => {
  it('every page of a signed-in customer is an error page with a reference, none leads to the log-in', async () => {
    const client = await signedIn()
    heal = await start()
    const answers = await Promise.all(PAGES.map((path) => client.open(path)))
    for (const { path, status, location, headers, html } of answers) {
      expect([path, status, location]).toEqual([path, 503, null])
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      expect(html).toMatch(/Customer Care: [\w-]{8,}/)
    }
    await heal()
    await vi.waitFor(async () => expect((await client.open('/profile')).status).toBe(200), 15_000)
  })

  it('a log-out that cannot be stored says that the customer is still logged in, and keeps the cookie', async () => {
    const client = await signedIn()
    const page = await client.open('/profile')
    heal = await start()
    const answer = await client.press(page, 'Keluar')
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([503, []])
    expect(answer.headers.get('retry-after')).not.toBeNull()
    expect(answer.html).toContain('Kamu belum keluar')
    expect(answer.html).toContain('You are still logged in')
    expect(client.cookies.has('session')).toBe(true)
    expect(answer.html).toContain('href="/profile"')
    await heal()
    await vi.waitFor(
      async () => expect(isProfile((await client.open('/profile')).html)).toBe(true),
      15_000,
    )
    const left = await client.follow(await client.press(answer, 'Keluar · Log out'))
    expect(left.path).toBe('/logged-out')
    expect((await client.open('/profile')).location).toMatch('/login')
  })

  it('a form of the profile is an error page that sends it again, without the passwords', async () => {
    const client = await signedIn()
    const page = await client.open('/profile/password')
    heal = await start()
    const values = { currentPassword: 'perahu kertas', newPassword: 'perahu layar biru' }
    const answer = await client.press(page, 'Simpan kata sandi', values)
    expect([answer.status, answer.location]).toEqual([503, null])
    expect(answer.html).toMatch(/Customer Care: [\w-]{8,}/)
    expect(answer.html).toContain(id.resend.secrets)
    expect(answer.html).not.toMatch(/perahu/)
    await heal()
    await usable(client)
    const again = await client.press(answer, 'Kirim lagi · Send again', values)
    expect(textById(again.html, 'currentPassword-error')).toBe(id.refusal.password_wrong)
  })

  it('what was typed is kept as text, and is sent again with one press', async () => {
    const client = await signedIn()
    const typed = `"><b>&amp;'${Date.now()}@contoh.example`
    const page = await client.open('/profile/recovery/email')
    heal = await start()
    const answer = await client.press(page, 'Simpan', { email: typed })
    expect(answer.status).toBe(503)
    expect(answer.html).not.toContain('<b>')
    expect(answer.html).toContain(id.resend.kept)
    expect(answer.html).not.toContain(id.resend.secrets)
    const field = formsOf(answer.html)[0]?.fields.find(({ name }) => name === 'email')
    expect(field?.value).toBe(typed)
    await heal()
    await usable(client)
    const corrected = { email: `ibu.${Date.now()}@contoh.example` }
    const next = await client.press(answer, 'Kirim lagi · Send again', corrected)
    expect(next.location).toBe('/profile/recovery/authorise')
  })
})
