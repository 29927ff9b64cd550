import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { EnvironmentFault, readEnv } from '@/lib/env'

const key = (id: string, byte = 1) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`

/** All that a production needs, with providers that need little. */
const PRODUCTION = {
  DATABASE_URL: 'postgresql://app@db.example/app',
  APP_ORIGIN: 'https://akun.toko.example',
  AUTH_SECRET: 'a'.repeat(32),
  SEALING_KEYS: key('s1'),
  HASHING_KEYS: key('h1'),
  EMAIL_PROVIDERS: 'smtp',
  SMTP_URL: 'smtp://mail.example',
  EMAIL_FROM: 'Toko <akun@toko.example>',
  SMS_PROVIDERS: 'twilio',
  TWILIO_ACCOUNT_SID: 'AC1',
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM: '+15005550006',
}

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A DATA_DIR as the launcher leaves it. */
function dataDir(text: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'env-'))
  folders.push(folder)
  writeFileSync(path.join(folder, 'embedded.json'), text)
  return folder
}
const { DATABASE_URL, AUTH_SECRET, SEALING_KEYS, HASHING_KEYS } = PRODUCTION
const embedded = () => dataDir(JSON.stringify({ DATABASE_URL, AUTH_SECRET, SEALING_KEYS, HASHING_KEYS }))

function faultsOf(source: Record<string, string | undefined>): string[] {
  try {
    readEnv(source)
    return []
  } catch (error) {
    if (!(error instanceof EnvironmentFault)) throw error
    return error.message.split('\n').slice(1)
  }
}
const faultOf = (changes: Record<string, string | undefined>) => faultsOf({ ...PRODUCTION, ...changes }).join()

describe('the environment', () => {
  it('has the defaults of the contract', () => {
    expect(readEnv(PRODUCTION)).toMatchObject({
      NODE_ENV: 'production',
      PORT: 3000,
      DATA_DIR: '.data',
      SMS_COUNTRIES: ['ID'],
      CODE_LIFETIME_SECONDS: 600,
      RESEND_PAUSE_SECONDS: 60,
      RECOVERY_REWARD_POINTS: 1000,
      RECOVERY_CHECK_POINTS: 100,
      TRUSTED_PROXY_HOPS: 0,
      BRAND_NAME: 'Blibli',
      CARE_PHONE: '021-25556060',
      CARE_EMAIL: 'customer.care@blibli.com',
      CARE_TWITTER: '@BlibliCare',
      isEmbedded: false,
      hasInbox: false,
    })
  })

  it('is refused with every fault at once, each with the name of its variable', () => {
    const faults = faultsOf({ DATABASE_URL: 'mysql://db', APP_ORIGIN: 'toko', PORT: 'abc', EMAIL_PROVIDERS: 'pigeon' })
    const named = faults.map((fault) => /- (\w+):/.exec(fault)?.[1])
    for (const name of ['DATABASE_URL', 'APP_ORIGIN', 'PORT', 'EMAIL_PROVIDERS', 'AUTH_SECRET', 'SEALING_KEYS', 'HASHING_KEYS'])
      expect(named).toContain(name)
  })

  it('is refused with what is malformed and what a choice lacks in one list', () => {
    const faults = faultsOf({ DATABASE_URL, SMS_PROVIDERS: 'vonage' })
    const named = faults.map((fault) => /- (\w+):/.exec(fault)?.[1])
    const missing = ['AUTH_SECRET', 'SEALING_KEYS', 'HASHING_KEYS', 'EMAIL_PROVIDERS', 'APP_ORIGIN', 'VONAGE_API_KEY']
    expect(named).toEqual(expect.arrayContaining(missing))
    expect(new Set(named).size).toBe(named.length)
  })

  it('shows no value in what it says', () => {
    const faults = faultOf({
      AUTH_SECRET: 'short-secret',
      SEALING_KEYS: `s1:${Buffer.from('too short a key').toString('base64')}`,
      DATABASE_URL: 'http://user:hunter2@db',
      TWILIO_FROM: undefined,
    })
    expect(faults).toContain('AUTH_SECRET')
    for (const value of ['short-secret', 'hunter2', Buffer.from('too short a key').toString('base64')])
      expect(faults).not.toContain(value)
  })

  it('takes a blank for a variable that is not set', () => {
    expect(readEnv({ ...PRODUCTION, PORT: ' ', BRAND_NAME: '' })).toMatchObject({ PORT: 3000, BRAND_NAME: 'Blibli' })
    expect(faultOf({ AUTH_SECRET: '  ' })).toContain('AUTH_SECRET: is required and not set')
  })
})

describe('keys', () => {
  it('are a ring whose first one is the current one', () => {
    const { SEALING_KEYS: ring } = readEnv({ ...PRODUCTION, SEALING_KEYS: `${key('new', 2)}, ${key('old', 1)}` })
    expect(ring.map(({ id, bytes }) => [id, bytes[0], bytes.length])).toEqual([
      ['new', 2, 32],
      ['old', 1, 32],
    ])
  })

  it.each([
    ['no id', Buffer.alloc(32).toString('base64')],
    ['31 bytes', `s1:${Buffer.alloc(31).toString('base64')}`],
    ['33 bytes', `s1:${Buffer.alloc(33).toString('base64')}`],
    ['something else than base64', `s1:${'!'.repeat(44)}`],
    ['a wrong one after a right one', `${key('s1')},s2:short`],
    ['a comma at the end', `${key('s1')},`],
  ])('are refused with %s', (_what, ring) => expect(faultOf({ SEALING_KEYS: ring })).toContain('SEALING_KEYS: must be id:base64'))
})

describe('numbers', () => {
  it.each([
    ['CODE_LIFETIME_SECONDS', 60, 600],
    ['RESEND_PAUSE_SECONDS', 1, 600],
    ['TRUSTED_PROXY_HOPS', 0, 10],
    ['PORT', 1, 65_535],
  ])('%s lies between %i and %i', (name, least, most) => {
    for (const right of [least, most]) expect(readEnv({ ...PRODUCTION, [name]: String(right) })).toMatchObject({ [name]: right })
    for (const wrong of [least - 1, most + 1, '1e2', '6o', '60.5', '0x40'])
      expect(faultOf({ [name]: String(wrong) })).toContain(name)
  })
})

describe('the origin', () => {
  it.each([
    'https://toko.example/',
    'https://toko.example/akun',
    'https://toko.example?x=1',
    'ftp://toko.example',
    'toko.example',
  ])('is an origin and nothing else: %s is refused', (origin) => expect(faultOf({ APP_ORIGIN: origin })).toContain('APP_ORIGIN'))

  it('is required with a database of one’s own, and localhost at the port otherwise', () => {
    expect(faultOf({ APP_ORIGIN: undefined })).toContain('APP_ORIGIN: is required')
    expect(readEnv({ DATA_DIR: embedded(), PORT: '4000' }).APP_ORIGIN).toBe('http://localhost:4000')
  })
})

describe('providers', () => {
  it('are required in production, of e-mail and of SMS', () => {
    expect(faultOf({ EMAIL_PROVIDERS: undefined, SMS_PROVIDERS: undefined })).toMatch(/EMAIL_PROVIDERS.*SMS_PROVIDERS/s)
  })

  it.each([
    ['resend', 'EMAIL_PROVIDERS', ['RESEND_API_KEY']],
    ['smtp', 'EMAIL_PROVIDERS', ['SMTP_URL', 'EMAIL_FROM']],
    ['twilio', 'SMS_PROVIDERS', ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM']],
    ['vonage', 'SMS_PROVIDERS', ['VONAGE_API_KEY', 'VONAGE_API_SECRET', 'VONAGE_FROM']],
  ])('%s needs its own variables', (provider, list, needed) => {
    const without = Object.fromEntries(needed.map((name) => [name, undefined]))
    for (const name of needed) expect(faultOf({ [list]: provider, ...without })).toContain(name)
  })

  it.each([
    ['EMAIL_FROM', ['akun@toko.example', 'Toko <akun@toko.example>', '"Toko, Jakarta" <akun@toko.example>']],
    ['TWILIO_FROM', ['+15005550006', '12345', 'TOKO', 'Toko 24 Jam']],
    ['VONAGE_FROM', ['6281234567890', 'TOKO']],
    ['TWILIO_MESSAGING_SERVICE_SID', [`MG${'0a'.repeat(16)}`]],
  ])('take what looks like a sender as %s', (name, values) => {
    for (const value of values) expect(faultOf({ [name]: value })).toBe('')
  })

  it.each([
    ['EMAIL_FROM', ['Toko', 'akun@', 'akun@toko', 'Toko <akun>', 'Toko akun@toko.example', 'a@b.example, c@d.example']],
    ['TWILIO_FROM', ['08123456789', '+62 812', 'a name that is too long', '!']],
    ['VONAGE_FROM', ['+0812', 'T🛒KO']],
    ['TWILIO_MESSAGING_SERVICE_SID', ['AC0123', 'MG1']],
  ])('are refused at the start with what cannot be a sender as %s', (name, values) => {
    for (const value of values) expect(faultOf({ [name]: value })).toContain(`${name}: must be`)
  })

  it('are taken in the order given', () => {
    const vonage = { VONAGE_API_KEY: 'k', VONAGE_API_SECRET: 's', VONAGE_FROM: 'TOKO' }
    const { SMS_PROVIDERS } = readEnv({ ...PRODUCTION, ...vonage, SMS_PROVIDERS: 'vonage, twilio' })
    expect(SMS_PROVIDERS).toEqual(['vonage', 'twilio'])
  })
})

describe('without DATABASE_URL', () => {
  it('the launcher’s file fills in database and secrets, and the local inbox is open', () => {
    expect(readEnv({ DATA_DIR: embedded() })).toMatchObject({ DATABASE_URL, AUTH_SECRET, isEmbedded: true, hasInbox: true })
  })

  it('what is set wins over the file', () => {
    expect(readEnv({ DATA_DIR: embedded(), AUTH_SECRET: 'b'.repeat(32) }).AUTH_SECRET).toBe('b'.repeat(32))
  })

  it('one provider alone closes the inbox and asks for the other', () => {
    const { EMAIL_PROVIDERS, SMTP_URL, EMAIL_FROM } = PRODUCTION
    expect(faultsOf({ DATA_DIR: embedded(), EMAIL_PROVIDERS, SMTP_URL, EMAIL_FROM }).join()).toContain('SMS_PROVIDERS')
  })

  it.each([
    ['no file', () => '/nonexistent'],
    ['a torn file', () => dataDir('{"DATABASE_URL":')],
  ])('%s is told as what is missing', (_what, folder) => {
    expect(faultsOf({ DATA_DIR: folder() }).join()).toContain('DATABASE_URL: is required and not set')
  })
})
