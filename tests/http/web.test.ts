import { describe, expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { newClient } from '../support/client'
import { kindsTo, newEmail, newPhone, nextCode, walkToConfirmation } from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { textOf } from '../support/html'
import { BY_PHONE_VALUE, startReset } from './flows'

const OPEN_PAGES = [
  '/',
  '/login',
  '/register',
  '/reset',
  '/help',
  '/help/lost',
  '/produk/lampu-meja',
  '/keranjang',
  '/register/done',
  '/reset/done',
  '/tidak/ada',
  '/dev/inbox',
]
const OWN_PAGES = [
  '/profile',
  '/profile/points',
  '/profile/password',
  '/profile/recovery',
  '/profile/recovery/email',
]

/** The answer of every page to its visitor. */
async function everyPage() {
  const [stranger, customer] = [newClient(), await insertSession(await insertCustomer())]
  const open = await Promise.all(OPEN_PAGES.map((path) => stranger.open(path)))
  return [...open, ...(await Promise.all(OWN_PAGES.map((path) => customer.open(path))))]
}

describe('every page', () => {
  it('R44 sends no referrer to other sites', async () => {
    for (const { path, headers } of await everyPage())
      expect([path, headers.get('referrer-policy')]).toEqual([path, 'same-origin'])
  })

  it('R45 is not cached', async () => {
    for (const { path, headers } of await everyPage())
      expect([path, headers.get('cache-control')]).toEqual([
        path,
        expect.stringContaining('no-store'),
      ])
  })

  it('R47 has the headers that restrict scripts, frames and content sniffing', async () => {
    for (const { path, headers } of await everyPage()) {
      const policy = headers.get('content-security-policy') ?? ''
      for (const rule of [
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "'strict-dynamic'",
      ])
        expect([path, policy]).toEqual([path, expect.stringContaining(rule)])
      expect(policy).not.toMatch(/unsafe-(inline|eval)/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-powered-by')).toBeNull()
    }
  })

  it('R46 sets HttpOnly and SameSite cookies', async () => {
    const customer = await insertCustomer()
    const client = newClient()
    const answers = [
      await client.press(await client.open('/login'), 'Masuk', {
        identifier: customer.email,
        password: customer.password,
      }),
      await client.press(await client.open('/reset'), 'Kirim kode', {
        identifier: customer.email,
        choice: BY_PHONE_VALUE,
      }),
    ]
    const cookies = answers.flatMap(({ headers }) => headers.getSetCookie())
    expect(cookies.length).toBeGreaterThanOrEqual(2)
    for (const cookie of cookies)
      expect(cookie).toMatch(/^(?=.*HttpOnly)(?=.*SameSite=(lax|strict))(?=.*Path=\/(;|$))/i)
  })
})

describe('a static file', () => {
  it('is kept for a year, because its name contains the hash of its contents', async () => {
    const client = newClient()
    const { html } = await client.open('/login')
    const files = new Set(html.match(/\/_next\/static\/[\w./~-]+\.(?:js|css)/g))
    expect(files.size).toBeGreaterThan(2)
    for (const file of files) {
      const { status, headers } = await client.open(file)
      expect([file, status, headers.get('cache-control')]).toEqual([
        file,
        200,
        'public, max-age=31536000, immutable',
      ])
    }
  })

  it('of another release is not kept when it is missing', async () => {
    const { status, headers } = await newClient().open('/_next/static/chunks/0123456789abcdef.js')
    expect([status, headers.get('cache-control') ?? '']).toEqual([
      404,
      expect.not.stringContaining('immutable'),
    ])
  })
})

describe('a post from another site', () => {
  it.each([
    { origin: 'https://jahat.example' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('R48 is refused and changes nothing: %j', async (headers) => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const own = await client.open('/profile/recovery/email')
    const foreign = newClient({ headers: { ...headers } })
    for (const [name, value] of client.cookies) foreign.cookies.set(name, value)
    const answer = await foreign.press(own, 'Simpan', { email: newEmail() }, headers.origin ?? null)
    expect(answer.status).toBe(403)
    expect(answer.html).toContain(translations.request.foreign.heading)
    expect(await kindsTo(customer.phone)).toEqual([])
    expect((await client.open('/profile/recovery/authorise')).location).toBe('/profile/recovery')
  })
})

describe('URLs of pages', () => {
  it('R43 contain no code, address or secret in any flow', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const [email, phone] = [newEmail(), newPhone()]
    await insertRecovery(customer, 'email', email)
    await walkToConfirmation(client, customer, 'phone', phone)
    const anonymous = newClient()
    await startReset(anonymous, customer.email)
    await anonymous.send('/reset/code', 'Verifikasi', { code: await nextCode(customer.phone) })
    const pages = await Promise.all(OWN_PAGES.map((path) => client.open(path)))
    const links = pages.flatMap(({ html }) =>
      [...html.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, link = '']) => link),
    )
    const places = decodeURIComponent([...links, ...client.trail, ...anonymous.trail].join('\n'))
    const secrets = [...client.cookies.values(), ...anonymous.cookies.values()].filter(
      (value) => value.length > 20 && !/^https?/.test(decodeURIComponent(value)),
    )
    const national = [customer.phone, phone].map((number) => number.slice(1))
    for (const hidden of [customer.email, email, ...national, ...secrets])
      expect(places).not.toContain(hidden)
    expect(places).not.toMatch(/[=/]\d{6}\b/)
  })
})

describe('points', () => {
  it('N1 R51 are credited once for fifty concurrent right codes', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const address = newEmail()
    const page = await walkToConfirmation(client, customer, 'email', address)
    const code = await nextCode(address)
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => client.press(page, 'Verifikasi', { code })),
    )
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    const statement = textOf((await client.open('/profile/points')).html)
    expect(statement).toContain('Poin kamu 1.000 poin')
    expect(statement.match(/Hadiah Akun Recovery/g)).toHaveLength(1)
  })
})
