import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { blindIndexOf } from '@/lib/addresses'
import {
  consumeLoginLimit,
  consumePasswordLimit,
  consumeRecipientLimit,
  consumeSendLimit,
} from '@/lib/platform/rate-limits'
import { refuse } from '@/lib/platform/result'
import { atOnce, DAY, HOUR, later, MINUTE, NOW, newOrigin, newPhone } from '../support/accounts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterEach(() => void vi.useRealTimers())

const moveTo = (seconds: number) => vi.setSystemTime(later(seconds))
const newSubject = () => blindIndexOf(newPhone())
const newIp = () => newOrigin().ip

async function inTurn<Value>(times: number, work: () => Promise<Value>) {
  const results: Value[] = []
  for (let time = 0; time < times; time++) results.push(await work())
  return results
}
const nothingRefused = (times: number) => Array.from({ length: times }, () => undefined)

describe('sends', () => {
  it('to an address are limited to five in ten minutes, and a further one is refused with the remaining wait', async () => {
    const rateLimitKey = newSubject()
    expect(await inTurn(5, () => consumeSendLimit(rateLimitKey, newIp()))).toEqual(
      nothingRefused(5),
    )
    expect(await consumeSendLimit(rateLimitKey, newIp())).toEqual(refuse('send_throttled', 600))
    moveTo(4 * MINUTE)
    expect(await consumeSendLimit(rateLimitKey, newIp())).toEqual(refuse('send_throttled', 360))
    moveTo(10 * MINUTE)
    expect(await consumeSendLimit(rateLimitKey, newIp())).toBeUndefined()
  })

  it('to an address are limited to ten a day', async () => {
    const rateLimitKey = newSubject()
    await inTurn(5, () => consumeSendLimit(rateLimitKey, newIp()))
    moveTo(HOUR)
    expect(await inTurn(5, () => consumeSendLimit(rateLimitKey, newIp()))).toEqual(
      nothingRefused(5),
    )
    moveTo(2 * HOUR)
    expect(await consumeSendLimit(rateLimitKey, newIp())).toEqual(
      refuse('send_throttled', 22 * HOUR),
    )
    moveTo(DAY)
    expect(await consumeSendLimit(rateLimitKey, newIp())).toBeUndefined()
  })

  it('that are refused by the limit of ten minutes do not count for the day', async () => {
    const rateLimitKey = newSubject()
    await inTurn(20, () => consumeSendLimit(rateLimitKey, newIp()))
    moveTo(10 * MINUTE)
    expect(await inTurn(5, () => consumeSendLimit(rateLimitKey, newIp()))).toEqual(
      nothingRefused(5),
    )
  })

  it('R25 from an IP address are limited to twenty an hour for all purposes', async () => {
    const ip = newIp()
    expect(await inTurn(20, () => consumeSendLimit(newSubject(), ip))).toEqual(nothingRefused(20))
    expect(await consumeSendLimit(newSubject(), ip)).toEqual(refuse('send_throttled', HOUR))
    moveTo(HOUR)
    expect(await consumeSendLimit(newSubject(), ip)).toBeUndefined()
  })

  it('that are refused for an IP address do not count for their recipient', async () => {
    const [ip, rateLimitKey] = [newIp(), newSubject()]
    await inTurn(20, () => consumeSendLimit(newSubject(), ip))
    await inTurn(10, () => consumeSendLimit(rateLimitKey, ip))
    expect(await inTurn(5, () => consumeSendLimit(rateLimitKey, newIp()))).toEqual(
      nothingRefused(5),
    )
  })

  it('are counted exactly when they are concurrent', async () => {
    const rateLimitKey = newSubject()
    const outcomes = await atOnce(50, () => consumeSendLimit(rateLimitKey, newIp()))
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(5)
  })
})

describe('messages sent to an address', () => {
  it('are limited to five in ten minutes and ten a day, whoever requests them', async () => {
    const address = newSubject()
    const may = () => consumeRecipientLimit(address)
    expect(await inTurn(7, may)).toEqual([true, true, true, true, true, false, false])
    moveTo(10 * MINUTE)
    expect(await inTurn(6, may)).toEqual([true, true, true, true, true, false])
    moveTo(20 * MINUTE)
    expect(await may()).toBe(false)
    moveTo(DAY)
    expect(await may()).toBe(true)
  })
})

describe('logins', () => {
  it('with one identifier are limited to ten in fifteen minutes over all networks', async () => {
    const rateLimitKey = newSubject()
    expect(await inTurn(10, () => consumeLoginLimit(rateLimitKey, newIp()))).toEqual(
      nothingRefused(10),
    )
    expect(await consumeLoginLimit(rateLimitKey, newIp())).toEqual(refuse('login_throttled', 900))
    expect(await consumeLoginLimit(newSubject(), newIp())).toBeUndefined()
    moveTo(15 * MINUTE)
    expect(await consumeLoginLimit(rateLimitKey, newIp())).toBeUndefined()
  })

  it('from one IP address are limited to a hundred in fifteen minutes over all identifiers', async () => {
    const ip = newIp()
    expect(await inTurn(100, () => consumeLoginLimit(newSubject(), ip))).toEqual(
      nothingRefused(100),
    )
    expect(await consumeLoginLimit(newSubject(), ip)).toEqual(refuse('login_throttled', 900))
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
