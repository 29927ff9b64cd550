import { describe, expect, it } from 'vitest'
import { readEnv } from '@/lib/platform/env'
import { faultOf, key, PRODUCTION } from './environments'

describe('keys', () => {
  it('are a list whose first key is the current one', () => {
    const { SEALING_KEYS: ring } = readEnv({
      ...PRODUCTION,
      SEALING_KEYS: `${key('new', 2)}, ${key('old', 1)}`,
    })
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
  ])('are refused with %s', (_what, ring) =>
    expect(faultOf({ SEALING_KEYS: ring })).toContain('SEALING_KEYS: must be id:base64'),
  )
})

it('AUTH_SECRET is one secret or several, and each has 32 characters or more', () => {
  const [plain, named] = ['a'.repeat(32), key('k2', 2)]
  const { AUTH_SECRET } = readEnv({ ...PRODUCTION, AUTH_SECRET: `${named}, ${plain}` })
  expect(AUTH_SECRET.map(({ bytes }) => bytes.toString())).toEqual([named, plain])
  expect(AUTH_SECRET.map(({ id }) => id)).toEqual(['k2', expect.stringMatching(/^unnamed-\w{8}$/)])
  expect(faultOf({ AUTH_SECRET: `${named},${'a'.repeat(31)}` })).toContain('AUTH_SECRET: must have')
})
