import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { blindIndexOf } from '@/lib/addresses'
import {
  consumePasswordLimit,
  consumeRecipientLimit,
  consumeSendLimit,
} from '@/lib/platform/rate-limits'
import { refuse } from '@/lib/platform/result'
import { atOnce, DAY, HOUR, later, MINUTE, NOW, newPhone } from '../support/accounts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterEach(() => void vi.useRealTimers())

const moveTo = (seconds: number) => vi.setSystemTime(later(seconds))
const newSubject = () => blindIndexOf(newPhone())

async function inTurn<Value>(times: number, work: () => Promise<Value>) {
  const results: Value[] = []
  for (let time = 0; time < times; time++) results.push(await work())
  return results
}
const nothingRefused = (times: number) => Array.from({ length: times }, () => undefined)

describe('sends', () => {
  it('to an address are limited to five in ten minutes, and a further one is refused with the remaining wait', async () => {
    const rateLimitKey = newSubject()
    expect(await inTurn(5, () => consumeSendLimit(rateLimitKey))).toEqual(nothingRefused(5))
    expect(await consumeSendLimit(rateLimitKey)).toEqual(refuse('send_throttled', 600))
    moveTo(4 * MINUTE)
    expect(await consumeSendLimit(rateLimitKey)).toEqual(refuse('send_throttled', 360))
    moveTo(10 * MINUTE)
    expect(await consumeSendLimit(rateLimitKey)).toBeUndefined()
  })

  it('to an address are limited to ten a day', async () => {
    const rateLimitKey = newSubject()
    await inTurn(5, () => consumeSendLimit(rateLimitKey))
    moveTo(HOUR)
    expect(await inTurn(5, () => consumeSendLimit(rateLimitKey))).toEqual(nothingRefused(5))
    moveTo(2 * HOUR)
    expect(await consumeSendLimit(rateLimitKey)).toEqual(refuse('send_throttled', 22 * HOUR))
    moveTo(DAY)
    expect(await consumeSendLimit(rateLimitKey)).toBeUndefined()
  })

  it('that are refused by the limit of ten minutes do not count for the day', async () => {
    const rateLimitKey = newSubject()
    await inTurn(20, () => consumeSendLimit(rateLimitKey))
    moveTo(10 * MINUTE)
    expect(await inTurn(5, () => consumeSendLimit(rateLimitKey))).toEqual(nothingRefused(5))
  })

  it('are counted exactly when they are concurrent', async () => {
    const rateLimitKey = newSubject()
    const outcomes = await atOnce(50, () => consumeSendLimit(rateLimitKey))
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(5)
  })
})

describe('messages that strangers cause', () => {
  it('R25 are limited to ten a day for each address and purpose', async () => {
    const address = newSubject()
    const may = () => consumeRecipientLimit(address)
    expect(await inTurn(11, may)).toEqual([...Array(10).fill(true), false])
    expect(await consumeRecipientLimit(`register:${address}`)).toBe(true)
    moveTo(DAY - 1)
    expect(await may()).toBe(false)
    moveTo(DAY)
    expect(await may()).toBe(true)
  })
})

describe('tries at the current password', () => {
  it('are limited to ten in fifteen minutes for each user', async () => {
    const userId = newSubject()
    expect(await inTurn(10, () => consumePasswordLimit(userId))).toEqual(nothingRefused(10))
    expect(await consumePasswordLimit(userId)).toEqual(refuse('password_throttled', 900))
    expect(await consumePasswordLimit(newSubject())).toBeUndefined()
  })
})
