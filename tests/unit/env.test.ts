import { describe, expect, it } from 'vitest'
import { readEnv } from '@/lib/platform/env'
import { dataDir, embedded, faultOf, faultsOf, PRODUCTION } from './environments'

const { DATABASE_URL, AUTH_SECRET } = PRODUCTION

describe('the environment', () => {
  it('has the documented defaults', () => {
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
      DATABASE_POOL: 20,
      WORKER_CONCURRENCY: 48,
      BRAND_NAME: 'Blibli',
      CARE_PHONE: '021-25556060',
      CARE_EMAIL: 'customer.care@blibli.com',
      CARE_TWITTER: '@BlibliCare',
      isEmbedded: false,
      hasInbox: false,
    })
  })

  it('is refused with all faults at once, each with the name of its variable', () => {
    const faults = faultsOf({
      DATABASE_URL: 'mysql://db',
      APP_ORIGIN: 'toko',
      PORT: 'abc',
      EMAIL_PROVIDERS: 'pigeon',
    })
    const named = faults.map((fault) => /- (\w+):/.exec(fault)?.[1])
    for (const name of [
      'DATABASE_URL',
      'APP_ORIGIN',
      'PORT',
      'EMAIL_PROVIDERS',
      'AUTH_SECRET',
      'SEALING_KEYS',
      'HASHING_KEYS',
    ])
      expect(named).toContain(name)
  })

  it('is refused with malformed and missing variables in one list', () => {
    const faults = faultsOf({ DATABASE_URL, SMS_PROVIDERS: 'vonage' })
    const named = faults.map((fault) => /- (\w+):/.exec(fault)?.[1])
    const missing = [
      'AUTH_SECRET',
      'SEALING_KEYS',
      'HASHING_KEYS',
      'EMAIL_PROVIDERS',
      'APP_ORIGIN',
      'VONAGE_API_KEY',
    ]
    expect(named).toEqual(expect.arrayContaining(missing))
    expect(new Set(named).size).toBe(named.length)
  })

  it('shows no value in its messages', () => {
    const faults = faultOf({
      AUTH_SECRET: 'short-secret',
      SEALING_KEYS: `s1:${Buffer.from('too short a key').toString('base64')}`,
      DATABASE_URL: 'http://user:hunter2@db',
      TWILIO_FROM: undefined,
    })
    expect(faults).toContain('AUTH_SECRET')
    for (const value of [
      'short-secret',
      'hunter2',
      Buffer.from('too short a key').toString('base64'),
    ])
      expect(faults).not.toContain(value)
  })

  it('treats a blank variable as unset', () => {
    expect(readEnv({ ...PRODUCTION, PORT: ' ', BRAND_NAME: '' })).toMatchObject({
      PORT: 3000,
      BRAND_NAME: 'Blibli',
    })
    expect(faultOf({ AUTH_SECRET: '  ' })).toContain('AUTH_SECRET: is required and not set')
  })
})

describe('numbers', () => {
  it('WEB_CONCURRENCY is auto or a number from 1 on', () => {
    for (const [given, read] of [
      ['auto', 'auto'],
      ['3', 3],
    ])
      expect(readEnv({ ...PRODUCTION, WEB_CONCURRENCY: `${given}` })).toMatchObject({
        WEB_CONCURRENCY: read,
      })
    for (const wrong of ['0', 'many', '1.5'])
      expect(() => readEnv({ ...PRODUCTION, WEB_CONCURRENCY: wrong })).toThrow(
        'WEB_CONCURRENCY: must be auto, or a whole number from 1 to 999',
      )
  })

  it.each([
    ['CODE_LIFETIME_SECONDS', 60, 600],
    ['RESEND_PAUSE_SECONDS', 1, 600],
    ['TRUSTED_PROXY_HOPS', 0, 10],
    ['PORT', 1, 65_535],
    ['WORKER_HEALTH_PORT', 1, 65_535],
    ['DATABASE_POOL', 2, 1_000],
    ['WORKER_CONCURRENCY', 1, 1_000],
  ])('%s is between %i and %i', (name, least, most) => {
    for (const right of [least, most])
      expect(readEnv({ ...PRODUCTION, [name]: String(right) })).toMatchObject({ [name]: right })
    for (const wrong of [least - 1, most + 1, '1e2', '6o', '60.5', '0x40'])
      expect(faultOf({ [name]: String(wrong) })).toContain(name)
  })
})

describe('what makes the product observable', () => {
  it('is off unless it is set', () => {
    const { METRICS_TOKEN, WORKER_HEALTH_PORT, ACCESS_LOG, OTEL_EXPORTER_OTLP_ENDPOINT } =
      readEnv(PRODUCTION)
    expect([METRICS_TOKEN, WORKER_HEALTH_PORT, OTEL_EXPORTER_OTLP_ENDPOINT, ACCESS_LOG]).toEqual([
      undefined,
      undefined,
      undefined,
      'off',
    ])
  })

  it.each([
    ['METRICS_TOKEN', 'x'.repeat(15)],
    ['METRICS_TOKEN', 'a token with spaces in it'],
    ['ACCESS_LOG', 'yes'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
  ])('%s is refused as %s', (name, value) => expect(faultOf({ [name]: value })).toContain(name))
})

describe('the origin', () => {
  it.each([
    'https://toko.example/',
    'https://toko.example/akun',
    'https://toko.example?x=1',
    'ftp://toko.example',
    'toko.example',
  ])('is refused with anything besides an origin: %s', (origin) =>
    expect(faultOf({ APP_ORIGIN: origin })).toContain('APP_ORIGIN'),
  )

  it('is required with DATABASE_URL, and is localhost at the port otherwise', () => {
    expect(faultOf({ APP_ORIGIN: undefined })).toContain('APP_ORIGIN: is required')
    expect(readEnv({ DATA_DIR: embedded(), PORT: '4000' }).APP_ORIGIN).toBe('http://localhost:4000')
  })
})

describe('without DATABASE_URL', () => {
  it('the file of the launcher supplies database and secrets, and the local inbox is open', () => {
    expect(readEnv({ DATA_DIR: embedded() })).toMatchObject({
      DATABASE_URL,
      AUTH_SECRET: [{ bytes: Buffer.from(AUTH_SECRET) }],
      isEmbedded: true,
      hasInbox: true,
    })
  })

  it('a set variable overrides the file', () => {
    const { AUTH_SECRET } = readEnv({ DATA_DIR: embedded(), AUTH_SECRET: 'b'.repeat(32) })
    expect(AUTH_SECRET).toMatchObject([{ bytes: Buffer.from('b'.repeat(32)) }])
  })

  it('a single provider closes the inbox and requires one for the other channel', () => {
    const { EMAIL_PROVIDERS, SMTP_URL, EMAIL_FROM } = PRODUCTION
    expect(
      faultsOf({ DATA_DIR: embedded(), EMAIL_PROVIDERS, SMTP_URL, EMAIL_FROM }).join(),
    ).toContain('SMS_PROVIDERS')
  })

  it.each([
    ['no file', () => '/nonexistent'],
    ['a torn file', () => dataDir('{"DATABASE_URL":')],
  ])('%s is reported as missing', (_what, folder) => {
    expect(faultsOf({ DATA_DIR: folder() }).join()).toContain(
      'DATABASE_URL: is required and not set',
    )
  })
})
