import { describe, expect, it } from 'vitest'
import { readEnv } from '@/lib/platform/env'
import { embedded, faultOf, faultsOf, key, PRODUCTION } from './environments'

const { DATABASE_URL } = PRODUCTION

describe('keys', () => {
  it('are refused when two have one id, or one has two ids', () => {
    const oneId = faultOf({ HASHING_KEYS: `${key('h1', 1)},${key('h1', 2)}` })
    expect(oneId).toContain('HASHING_KEYS: must not give one id to two keys')
    const twoIds = faultOf({ SEALING_KEYS: `${key('s1', 9)},${key('s2', 9)}` })
    expect(twoIds).toContain('SEALING_KEYS: must not hold one key twice')
  })

  it('are refused when one is in both rings, even as an older one, in the list of all faults', () => {
    const faults = faultOf({
      PORT: 'abc',
      SEALING_KEYS: `${key('s1', 1)},${key('s0', 7)}`,
      HASHING_KEYS: `${key('h1', 2)},${key('h0', 7)}`,
    })
    expect(faults).toContain('HASHING_KEYS: must not hold a key of SEALING_KEYS')
    expect(faults).toContain('PORT')
  })
})

describe('the origin', () => {
  it.each(['http://toko.example', 'http://192.168.1.20:3000', 'http://localhost.toko.example'])(
    'is refused without TLS outside of this machine: %s',
    (origin) =>
      expect(faultOf({ APP_ORIGIN: origin })).toContain('APP_ORIGIN: must begin with https://'),
  )

  it.each(['http://localhost:3000', 'http://akun.localhost', 'http://127.0.0.1', 'http://[::1]'])(
    'may be without TLS on this machine: %s',
    (origin) => expect(faultOf({ APP_ORIGIN: origin })).toBe(''),
  )

  it('may be without TLS in the demo, for a phone in the same network', () => {
    const APP_ORIGIN = 'http://192.168.1.20:3000'
    expect(readEnv({ DATA_DIR: embedded(), APP_ORIGIN })).toMatchObject({ APP_ORIGIN })
  })
})

describe('the origin of the care console', () => {
  it.each([
    ['the host of the shop', 'https://akun.toko.example', 'must have another host name'],
    ['another port of that host', 'https://akun.toko.example:8443', 'must have another host name'],
    ['a host without TLS', 'http://care.toko.example', 'must begin with https://'],
    ['another protocol', 'http://care.localhost', 'as APP_ORIGIN does'],
    ['a URL with a path', 'https://care.toko.example/care', 'must be an origin alone'],
  ])('is refused: %s', (_, CARE_ORIGIN, words) =>
    expect(faultOf({ CARE_ORIGIN })).toMatch(new RegExp(`CARE_ORIGIN: .*${words}`)),
  )

  it('may be another host, or be missing', () => {
    expect(faultOf({ CARE_ORIGIN: 'https://care.toko.example' })).toBe('')
    expect(faultOf({})).toBe('')
    const local = { APP_ORIGIN: 'http://localhost:3000', CARE_ORIGIN: 'http://care.localhost:3000' }
    expect(faultOf(local)).toBe('')
  })

  it('is not that of the demo, whose origin has a default', () => {
    const source = { DATA_DIR: embedded(), CARE_ORIGIN: 'http://localhost:4000' }
    expect(faultsOf(source).join()).toContain('CARE_ORIGIN: must have another host name')
  })
})

describe('a pooler', () => {
  it('refuses settings of a session in DATABASE_URL when it leads to a pooler', () => {
    const pooled = (query: string) => ({
      DATABASE_URL: `${DATABASE_URL}${query}`,
      DATABASE_DIRECT_URL: 'postgresql://app@primary.example/app',
    })
    expect(faultOf(pooled('?sslmode=require'))).toBe('')
    for (const name of ['options', 'statement_timeout', 'lock_timeout'])
      expect(faultOf(pooled(`?${name}=1`))).toContain(`DATABASE_URL: must not set ${name}`)
    expect(faultOf({ DATABASE_URL: `${DATABASE_URL}?statement_timeout=1` })).toBe('')
    expect(faultOf({ DATABASE_DIRECT_URL: 'mysql://db' })).toContain('DATABASE_DIRECT_URL')
  })

  it('refuses DATABASE_DIRECT_URL beside the embedded database', () => {
    const source = { DATA_DIR: embedded(), DATABASE_DIRECT_URL: DATABASE_URL }
    expect(faultsOf(source).join()).toContain('DATABASE_DIRECT_URL: has no meaning')
  })
})
