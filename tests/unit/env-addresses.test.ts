import { describe, expect, it } from 'vitest'
import { readEnv } from '@/lib/platform/env'
import { embedded, faultOf, PRODUCTION } from './environments'

const { DATABASE_URL } = PRODUCTION

describe('the addresses in the environment', () => {
  it.each(['1#sandi', '%sandi', '/sandi', '1?sandi'])(
    'refuses a password in DATABASE_URL that is not percent-encoded: %s',
    (password) => {
      expect(faultOf({ DATABASE_URL: `postgresql://toko:${password}@db.example/toko` })).toContain(
        'percent-encoded',
      )
      const encoded = `postgresql://toko:${encodeURIComponent(password)}@db.example/toko`
      expect(readEnv({ ...PRODUCTION, DATABASE_URL: encoded })).toMatchObject({
        DATABASE_URL: encoded,
      })
    },
  )

  it.each(['1#sandi', '%sandi', '/sandi', '1/sandi', '1?sandi'])(
    'refuses a password in SMTP_URL that is not percent-encoded: %s',
    (password) => {
      expect(faultOf({ SMTP_URL: `smtp://toko:${password}@mail.example:587` })).toContain(
        'percent-encoded',
      )
      expect(
        faultOf({ SMTP_URL: `smtp://toko:${encodeURIComponent(password)}@mail.example` }),
      ).toBe('')
    },
  )

  it.each(['1#sandi', '%sandi', '/sandi', '1/sandi', '1?sandi'])(
    'refuses a password in REDIS_URL that is not percent-encoded, and does not print it: %s',
    (password) => {
      const fault = faultOf({ REDIS_URL: `redis://toko:${password}@redis.example:6379/0` })
      expect(fault).toContain('REDIS_URL: must be a redis:// or rediss:// URL')
      expect(fault).toContain('percent-encoded')
      expect(fault).not.toContain('sandi')
      const encoded = `rediss://toko:${encodeURIComponent(password)}@redis.example`
      expect(readEnv({ ...PRODUCTION, REDIS_URL: encoded })).toMatchObject({ REDIS_URL: encoded })
    },
  )

  it.each(['redis://redis.example', 'redis://:sandi@[::1]:6379', 'rediss://redis.example:6380/15'])(
    'accepts the REDIS_URL %s',
    (url) => expect(readEnv({ ...PRODUCTION, REDIS_URL: url })).toMatchObject({ REDIS_URL: url }),
  )

  it.each([
    'redis.example:6379',
    'http://redis.example',
    'unix:///run/redis.sock',
    'redis:///0',
    'redis://redis.example/akun',
    'redis://redis.example/0/1',
    'redis://redis.example?db=1',
  ])('refuses the REDIS_URL %s', (url) =>
    expect(faultOf({ REDIS_URL: url })).toContain('REDIS_URL'),
  )

  it('refuses another schema than "public" in DATABASE_URL', () => {
    expect(faultOf({ DATABASE_URL: `${DATABASE_URL}?schema=public` })).toBe('')
    expect(faultOf({ DATABASE_URL: `${DATABASE_URL}?schema=akun` })).toContain('schema')
    expect(faultOf({ DATABASE_URL: `${DATABASE_URL}?sslmode=require` })).toBe('')
  })

  it('listens at the loopback address alone while it is embedded, and otherwise at all', () => {
    expect(readEnv(PRODUCTION).HOST).toBeUndefined()
    expect(readEnv({ DATA_DIR: embedded() }).HOST).toBe('127.0.0.1')
    expect(readEnv({ DATA_DIR: embedded(), HOST: '0.0.0.0' }).HOST).toBe('0.0.0.0')
  })
})
