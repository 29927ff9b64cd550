import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type Client, newClient } from '../support/client'
import {
  type Customer,
  newEmail,
  newPhone,
  nextCode,
  nextMessage,
  OTHER_PASSWORD,
  walkLogin,
  walkRecovery,
  walkRegistration,
  walkToConfirmation,
  wrongCode,
} from '../support/customers'
import { insertCustomer, insertRecovery } from '../support/fixtures'
import { inbox, startOwnProduct } from '../support/running'
import { countWaiting, dumpDatabase, formsOf } from './database'
import { reset, startReset } from './flows'

const product = startOwnProduct()

const PAGES = [
  '/',
  '/login',
  '/register',
  '/register/code',
  '/register/email',
  '/register/done',
  '/reset',
  '/reset/code',
  '/reset/password',
  '/reset/done',
]
const OWN_PAGES = [
  '/profile',
  '/profile/points',
  '/profile/password',
  '/profile/devices',
  '/profile/activity',
  '/profile/export',
  '/profile/erase',
  '/profile/recovery',
  '/profile/recovery/email',
  '/profile/recovery/authorise',
  '/profile/recovery/email/confirm',
  '/profile/recovery/email/remove',
  '/profile/recovery/done',
  '/.well-known/change-password',
  '/dev/inbox',
]

/** The tables of accounts, credentials, addresses and points. */
const ACCOUNT = ['User', 'Address', 'Session', 'PointsEntry', 'SecurityEvent']

/** The rows of accounts, without the columns that a read updates. */
async function knowledge() {
  const dump = await dumpDatabase()
  return [
    ...ACCOUNT,
    'Challenge',
    'Message',
    'FailureCount',
    'KnownDevice',
    'ResetLink',
    'RateLimit',
  ].map((name) => {
    const rows = dump[`public."${name}"`]
    if (rows === undefined) throw new Error(`there is no table ${name}`)
    return [name, rows.replace(/"lastSeenAt":"[^"]*"/g, '')] as const
  })
}

/** Waits until the queue is empty. */
const isQuiet = () =>
  vi.waitFor(async () => expect(await countWaiting()).toBe(0), { timeout: 30_000, interval: 100 })

/** A customer who has used every flow. */
async function liveFully() {
  const customer = await walkRegistration()
  const client = await walkLogin(customer)
  const [email, phone] = [newEmail(), newPhone()]
  await walkToConfirmation(client, customer, 'email', email)
  const confirmation = await nextCode(email)
  await client.send('/profile/recovery/email/confirm', 'Verifikasi', {
    code: wrongCode(confirmation),
  })
  await client.send('/profile/recovery/email/confirm', 'Verifikasi', { code: confirmation })
  await walkRecovery(client, customer, 'phone', phone)
  await client.send('/profile/recovery/email/remove', 'Kirim kode')
  await reset(customer, OTHER_PASSWORD)
  await newClient().send('/login', 'Masuk', {
    identifier: customer.email,
    password: 'bukan kata sandinya',
  })
  await startReset(newClient(), customer.email, 'recovery')
  await nextMessage(phone, 'code.reset_password')
  await nextMessage(customer.email, 'notice.password_reset')
  return { customer, client, addresses: [customer.email, customer.phone, email, phone] }
}

describe('a used product', () => {
  let customer: Customer
  let client: Client
  let addresses: string[]
  const codes: string[] = []

  beforeAll(async () => {
    const lived = await liveFully()
    ;({ customer, client, addresses } = lived)
    for (const address of addresses)
      for (const { kind, text } of await inbox(address))
        if (kind.startsWith('code.')) codes.push(text.match(/\b\d{6}\b/)?.[0] ?? '')
  })

  const written = () => {
    const numbers = addresses
      .filter((address) => !address.includes('@'))
      .map((phone) => phone.slice(1))
    const mailboxes = addresses.filter((address) => address.includes('@'))
    return [
      ...mailboxes,
      ...mailboxes.map((mailbox) => mailbox.split('@')[0] ?? ''),
      ...numbers,
      ...numbers.map((number) => `+62${number}`),
    ]
  }

  it('R11 stores no code, address, password or token in any encoding, and no unkeyed hash of one', async () => {
    expect(codes.length).toBeGreaterThanOrEqual(6)
    const dump = Object.values(await dumpDatabase()).join('\n')
    const secrets = [
      ...written(),
      customer.password,
      OTHER_PASSWORD,
      client.cookies.get('session') ?? '',
    ]
    for (const form of secrets.flatMap((secret) => formsOf(secret)))
      expect(dump).not.toContain(form)
    const withoutTimes = dump.replace(/\d{4}-\d\d-\d\dT[\d:.+]+/g, '')
    for (const code of codes) {
      const [plain, ...encoded] = formsOf(code, ['', ...written()])
      expect(withoutTimes).not.toMatch(new RegExp(`(?<![\\w.])${plain}(?!\\w)`))
      for (const form of encoded.filter(({ length }) => length > 8))
        expect(dump).not.toContain(form)
    }
  })

  it('R12 logs no code, address, password, token or name', () => {
    const log = product().readLog()
    for (const secret of [
      ...written(),
      ...codes,
      customer.password,
      OTHER_PASSWORD,
      ...client.cookies.values(),
    ])
      expect(log).not.toContain(secret)
    expect(log).not.toMatch(/error/i)
  })
})

describe('a request without effect', () => {
  it('R42 changes nothing: GET and HEAD of pages and links of messages', async () => {
    const { client, addresses } = await liveFully()
    await client.send('/login', 'Masuk', {
      identifier: addresses[0] ?? '',
      password: OTHER_PASSWORD,
    })
    const texts = (await Promise.all(addresses.map(inbox))).flat().map(({ text }) => text)
    const links = texts
      .flatMap((text) => text.match(/http:\/\/localhost:\d+\/\S*[\w/]/g) ?? [])
      .map((link) => new URL(link).pathname)
    expect(links.length).toBeGreaterThan(0)
    await isQuiet()
    const before = await knowledge()
    for (const path of [...PAGES, ...OWN_PAGES, ...new Set(links)])
      for (const method of ['HEAD', 'GET', 'GET'])
        expect((await client.request(path, { method })).status, path).toBeLessThan(400)
    expect(await knowledge()).toEqual(before)
  })

  it('R27 changes no password, session or address: the request of a reset', async () => {
    const customer = await insertCustomer()
    const email = newEmail()
    await insertRecovery(customer, 'email', email)
    const accounts = async () => (await knowledge()).filter(([name]) => ACCOUNT.includes(name))
    const before = await accounts()
    for (const [identifier, choice] of [
      [customer.phone, 'primary_phone'],
      [customer.email, 'recovery'],
      [email, 'recovery'],
    ] as const) {
      const stranger = newClient()
      await startReset(stranger, identifier, choice)
      await stranger.send('/reset/code', 'Verifikasi', { code: '000000' })
    }
    expect(await accounts()).toEqual(before)
  })
})
