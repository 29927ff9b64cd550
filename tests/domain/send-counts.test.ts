import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { blindIndexOf } from '@/lib/addresses'
import { withoutThrottled } from '@/lib/challenges/issue'
import { limitNewSends, limitSends } from '@/lib/challenges/purposes'
import { pool } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import type { Purpose } from '@/prisma/client/enums'
import { forgetLimits, newPhone } from '../support/accounts'

beforeEach(() => forgetLimits())

/** The keys at which sends are counted now, each with its count. */
async function counted() {
  const { rows } = await pool().query<{ key: string; points: number }>(
    `select key, points from "RateLimit" where points > 0 order by key`,
  )
  return rows.map(({ key, points }) => [key, points])
}

const newSender = () => ({ userId: randomUUID(), rateLimitKey: blindIndexOf(newPhone()) })
type Sender = ReturnType<typeof newSender>

/** The counts of ten minutes and of a day. */
const at = (key: string, sends = 1) => [
  [`sendBurst:${key}`, sends],
  [`sendDay:${key}`, sends],
]

describe('a send', () => {
  it.each<[Purpose, (whose: Sender) => string]>([
    ['change_phone', ({ userId }) => `user:${userId}`],
    ['unfreeze_first', ({ userId }) => `thaw:${userId}`],
    ['unfreeze_second', ({ userId }) => `thaw:${userId}`],
    ['release_password', ({ userId }) => `release:${userId}`],
    ['register', ({ rateLimitKey }) => `register:${rateLimitKey}`],
    ['confirm_recovery', ({ rateLimitKey }) => `new:${rateLimitKey}`],
    ['reset_password', ({ rateLimitKey }) => rateLimitKey],
  ])(
    'of %s counts at the account or at the address, apart from the others',
    async (purpose, keyOf) => {
      const whose = newSender()
      expect(await limitSends(purpose, whose)).toBeUndefined()
      expect(await counted()).toEqual(at(keyOf(whose)))
    },
  )

  it('that counts at an address needs one', () =>
    expect(() => limitSends('confirm_recovery', { userId: randomUUID() })).toThrow(
      'sends of confirm_recovery count at the address',
    ))
})

describe('a send to a new address', () => {
  const admitted = async () => undefined
  const declined = async () => refuse('send_throttled', 7)
  const failing = () => Promise.reject(new Error('the counter of numbers is away'))

  it('counts at the address and for its customer', async () => {
    const whose = newSender()
    expect(await limitNewSends('confirm_recovery', whose, admitted)).toBeUndefined()
    const key = `new:${whose.rateLimitKey}`
    expect(await counted()).toEqual([[`firstSendDay:${whose.userId}:${key}`, 1], ...at(key)])
  })

  it('counts nowhere when a later check declines it, or fails', async () => {
    const whose = newSender()
    expect(await limitNewSends('confirm_recovery', whose, declined)).toEqual(await declined())
    expect(await counted()).toEqual([])
    await expect(limitNewSends('confirm_recovery', whose, failing)).rejects.toThrow('away')
    expect(await counted()).toEqual([])
  })

  it('without an account counts at the address, and is declined by a later check', async () => {
    const whose = { ...newSender(), userId: null }
    for (const check of [admitted, declined])
      expect(await limitNewSends('register', whose, check)).toEqual(await check())
    expect(await counted()).toEqual(at(`register:${whose.rateLimitKey}`, 2))
  })

  it('is refused when the address got five in ten minutes, and a later check is not asked', async () => {
    const whose = newSender()
    const send = (check = admitted) => limitNewSends('confirm_recovery', whose, check)
    for (let nth = 0; nth < 5; nth++) await send()
    const before = await counted()
    expect(await send(failing)).toMatchObject({ refusal: 'send_throttled' })
    expect(await counted()).toEqual(before)
  })
})

it('a code to nobody counts as one message, as a code to somebody does', async () => {
  const { rateLimitKey } = newSender()
  expect(await withoutThrottled([], 'reset_password', rateLimitKey)).toEqual([])
  expect(await counted()).toEqual([[`recipientDay:nobody:${rateLimitKey}`, 1]])
})
