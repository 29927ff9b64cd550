import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { peek } from '@/lib/platform/limit-uses'
import { admitStranger, creditNetwork, type StrangerRequest } from '@/lib/platform/strangers'
import {
  DAY,
  forgetLimits,
  HOUR,
  later,
  MINUTE,
  NOW,
  newOrigin,
  newPhone,
} from '../support/accounts'
import { proofOf } from '../support/proofs'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterEach(() => void vi.useRealTimers())

const moveTo = (seconds: number) => vi.setSystemTime(later(seconds))
const newKey = () => newPhone().value
const newIp = () => newOrigin().ip

const request = (given: Partial<StrangerRequest> = {}): StrangerRequest => ({
  wish: 'reset',
  key: newKey(),
  ip: newIp(),
  proof: undefined,
  now: new Date(),
  ...given,
})

/** Sends a request, after the wait that is asked for. Returns its outcome and that wait. */
async function insist(given: StrangerRequest) {
  const first = await admitStranger(given)
  if (first.ok || first.refusal === 'throttled') return { outcome: first, waitSeconds: 0 }
  const { ticket, waitSeconds } = proofOf(first)
  await forgetLimits(`once:${given.wish}:${given.key}`)
  const now = later(waitSeconds, given.now)
  return { outcome: await admitStranger({ ...given, proof: { ticket }, now }), waitSeconds }
}

describe('requests for one identifier', () => {
  it.each([
    ['reset', 3, 10, DAY],
    ['register', 3, 10, DAY],
    ['login', 5, 100, 15 * MINUTE],
  ] as const)(
    'to %s are free %i times, then need a proof, and end after %i',
    async (wish, free, most, seconds) => {
      const key = newKey()
      const waits: number[] = []
      for (let time = 1; time <= Math.min(most, 12); time++) {
        const { outcome, waitSeconds } = await insist(request({ wish, key }))
        expect(outcome.ok).toBe(true)
        waits.push(waitSeconds)
      }
      expect(waits.slice(0, free + 5)).toEqual([...Array(free).fill(0), 10, 20, 40, 80, 160])
      if (most > 12) return
      const { outcome } = await insist(request({ wish, key }))
      expect(outcome).toMatchObject({ refusal: 'throttled', retryAfterSeconds: seconds })
      moveTo(seconds)
      expect((await insist(request({ wish, key }))).waitSeconds).toBe(0)
    },
  )

  it('say which ones are more than the free ones', async () => {
    const key = newKey()
    const excess = []
    for (let time = 1; time <= 10; time++) {
      const { outcome } = await insist(request({ key }))
      excess.push(outcome.ok && outcome.value.isExcess)
    }
    expect(excess).toEqual([...Array(3).fill(false), ...Array(7).fill(true)])
  })

  it('that come at the same moment are no more without a proof', async () => {
    const key = newKey()
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => admitStranger(request({ key }))),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(3)
    expect(outcomes.filter((one) => !one.ok && one.refusal === 'proof_needed')).toHaveLength(17)
  })

  it('without a proof do not count, so that they cannot use up the limit', async () => {
    const key = newKey()
    for (let time = 0; time < 3; time++) await admitStranger(request({ key }))
    for (let time = 0; time < 30; time++) await admitStranger(request({ key }))
    expect((await insist(request({ key }))).outcome.ok).toBe(true)
    expect((await peek('resetIdentifier', key)).count).toBe(4)
  })

  it('that were the owner’s no longer count', async () => {
    const [key, ip] = [newKey(), newIp()]
    for (let time = 0; time < 60; time++) {
      const outcome = await admitStranger(request({ wish: 'login', key, ip }))
      if (!outcome.ok) throw new Error(outcome.refusal)
      await outcome.value.withdraw()
    }
  })
})

describe('requests from one network', () => {
  it('make proofs necessary after thirty, harder with more, and end after eighty', async () => {
    const ip = newIp()
    const waits: number[] = []
    for (let time = 0; time < 80; time++) {
      const { outcome, waitSeconds } = await insist(request({ ip }))
      expect(outcome.ok).toBe(true)
      waits.push(waitSeconds)
    }
    expect(waits.indexOf(10)).toBe(30)
    expect([waits[30 + 39], waits[30 + 40]]).toEqual([10, 20])
    expect((await insist(request({ ip }))).outcome).toMatchObject({
      refusal: 'throttled',
      retryAfterSeconds: HOUR,
    })
    expect((await insist(request({ ip, wish: 'register' }))).outcome.ok).toBe(true)
  })

  it('no longer count once their code came back', async () => {
    const ip = newIp()
    for (let time = 0; time < 100; time++) {
      expect((await admitStranger(request({ ip }))).ok).toBe(true)
      await creditNetwork('reset', ip, 1)
    }
  })

  it('count together in a /64 of IPv6, and more loosely in a /48', async () => {
    const send = (ip: string) => admitStranger(request({ ip }))
    for (let host = 1; host <= 30; host++)
      expect((await send(`2001:db8:1:2::${host}`)).ok).toBe(true)
    expect((await send('2001:db8:1:2:ffff::1')).ok).toBe(false)
    for (let subnet = 3; subnet < 93; subnet++)
      expect((await send(`2001:db8:1:${subnet}::1`)).ok).toBe(true)
    expect((await send('2001:db8:1:ffff::1')).ok).toBe(false)
    expect((await send('2001:db8:2:2::1')).ok).toBe(true)
  })

  it('of an IPv4 address count together however it is written', async () => {
    const ip = newIp()
    for (let time = 0; time < 30; time++) await admitStranger(request({ ip: `::ffff:${ip}` }))
    expect((await admitStranger(request({ ip }))).ok).toBe(false)
  })
})

describe('a thousand customers behind one address, and one abuser', () => {
  it('log in, register and reset within an hour, none refused, with proofs of 40 s at most', async () => {
    const ip = newIp()
    const waits: number[] = []
    for (let customer = 0; customer < 1_000; customer++) {
      moveTo((customer * HOUR) / 1_000)
      for (const wish of ['register', 'login', 'reset'] as const) {
        const { outcome, waitSeconds } = await insist(request({ wish, ip }))
        if (!outcome.ok) throw new Error(`${wish} of customer ${customer}: ${outcome.refusal}`)
        waits.push(waitSeconds)
        if (wish === 'login') await outcome.value.withdraw()
        else await creditNetwork(wish, ip, 1)
      }
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(40)
    const sent = { count: 0 }
    for (const wish of ['register', 'reset'] as const)
      for (let number = 0; number < 130; number++)
        if ((await insist(request({ wish, ip }))).outcome.ok) sent.count++
    expect(sent.count).toBe(200)
  }, 120_000)
})
