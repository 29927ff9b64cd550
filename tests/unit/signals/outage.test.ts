import { describe, expect, it } from 'vitest'
import type { Mode } from '@/tests/support/operator-answers'
import {
  askOwnOperator,
  askRecycled,
  askYearly,
  counts,
  later,
  NOW,
  NUMBER,
  operator,
  phone,
} from './operator-actions'

askOwnOperator()

/** Asks about so many numbers, one after another. */
async function askAbout(numbers: number, now = NOW, first = 0) {
  for (let index = first; index < first + numbers; index++) await askRecycled(phone(index), { now })
}

/** The log of the product, which has started anew. */
async function logOf(work: () => Promise<void>) {
  const lines = await import('@/tests/support/log-lines')
  return lines.logOf(work)
}

const QUESTIONS = { live: askRecycled, yearly: askYearly }
const asked = () => counts('recycling')[0]

describe('an operator that does not work', () => {
  it.each<[string, Mode, number, number]>([
    ['an outage', { status: 503 }, 3, 1],
    ['a lost connection', 'drop', 3, 1],
    ['a refusal', { status: 403, code: 'PERMISSION_DENIED' }, 10, 1],
    ['a refused token', { status: 401, code: 'UNAUTHENTICATED' }, 10, 2],
  ])('is not asked for 30 s after %s with %j for %i numbers', async (_, mode, numbers, each) => {
    operator().modes.recycling = mode
    await askAbout(numbers + 2)
    expect(asked()).toBe(numbers * each)
    await askAbout(1, later(29))
    expect(asked()).toBe(numbers * each)
    operator().modes = {}
    expect(await askRecycled(phone(30), { now: later(30) })).toBe('no')
    await askAbout(3, later(30), 20)
    expect(asked()).toBe(numbers * each + 4)
  })

  it('is not asked either when nothing answers at its address', async () => {
    await operator().close()
    const lines = await logOf(() => askAbout(4))
    expect(lines).toContain('"cause":"failed","reason":"ECONNREFUSED"')
  })

  it('is not asked when it is too slow, so that no other customer waits for it', async () => {
    operator().modes.recycling = 'hang'
    await Promise.all([0, 1, 2].map((index) => askRecycled(phone(index))))
    const start = performance.now()
    expect(await askRecycled(phone(3))).toBe('unknown')
    expect([performance.now() - start < 500, asked()]).toEqual([true, 3])
  })

  it('is tried by one question at a time, and left alone again when that fails', async () => {
    operator().modes.recycling = { status: 500 }
    await askAbout(3)
    await Promise.all([4, 5, 6].map((index) => askRecycled(phone(index), { now: later(31) })))
    expect(asked()).toBe(4)
    await askAbout(1, later(60))
    expect(asked()).toBe(4)
    await askAbout(1, later(62))
    expect(asked()).toBe(5)
  })

  it('is asked about SIMs while its other API is down', async () => {
    operator().modes.recycling = { status: 500 }
    await askAbout(4)
    const { askOperator } = await import('@/lib/signals')
    const signals = await askOperator(phone(0), { verifiedAt: NOW, now: NOW })
    expect(signals).toEqual({ simSwapped: 'no', recycled: 'unknown' })
  })
})

describe('an operator that works', () => {
  it('is asked however often one number fails', async () => {
    operator().modes.recycling = { status: 403, code: 'PERMISSION_DENIED' }
    for (let time = 0; time < 12; time++) await askRecycled(undefined, { now: later(30 * time) })
    expect(asked()).toBe(12)
  })

  it.each([{}, { recycling: { status: 404, code: 'IDENTIFIER_NOT_FOUND' } }])(
    'is asked after two failures and an answer: %j',
    async (modes) => {
      for (let round = 0; round < 3; round++) {
        operator().modes = { recycling: { status: 500 } }
        await askAbout(2, NOW, round * 3)
        operator().modes = modes
        await askAbout(1, NOW, round * 3 + 2)
      }
      expect(asked()).toBe(9)
    },
  )
})

describe('an operator that asks for a pause', () => {
  it.each<[keyof typeof QUESTIONS, string | undefined, number]>([
    ['live', undefined, 30],
    ['live', '5', 30],
    ['live', '45', 45],
    ['live', '86400', 60],
    ['yearly', undefined, 30],
    ['yearly', '120', 120],
    ['yearly', '86400', 3_600],
  ])(
    'by a %s question, with Retry-After %s is left alone for %i s, from the first number',
    async (asking, value, seconds) => {
      const put = QUESTIONS[asking]
      const headers = value === undefined ? {} : { 'retry-after': value }
      operator().modes.recycling = { status: 429, code: 'TOO_MANY_REQUESTS', headers }
      for (const index of [0, 1]) await put(phone(index))
      await put(phone(2), { now: later(seconds - 1) })
      expect(asked()).toBe(1)
      operator().modes = {}
      await put(phone(3), { now: later(seconds) })
      expect(asked()).toBe(2)
    },
  )

  it('is left alone again when it does not work after the pause', async () => {
    operator().modes.recycling = { status: 429, code: 'QUOTA_EXCEEDED' }
    await askAbout(1)
    operator().modes.recycling = { status: 500 }
    await askAbout(1, later(30), 1)
    await askAbout(1, later(59), 2)
    expect(asked()).toBe(2)
  })
})

describe('the yearly check', () => {
  it.each<[string, Mode, number]>([
    ['asks for a pause', { status: 429, headers: { 'retry-after': '3600' } }, 1],
    ['does not work', { status: 503 }, 4],
  ])('does not stop the questions of messages when the operator %s', async (_, mode, numbers) => {
    operator().modes.recycling = mode
    for (let index = 0; index < numbers; index++) await askYearly(phone(index))
    operator().modes = {}
    expect(await askYearly(phone(10))).toBe('paused')
    expect(await askRecycled(phone(0))).toBe('no')
  })
})

it('the answer to a question that was put before a pause does not end the pause', async () => {
  const { createBreaker } = await import('@/lib/signals/breaker')
  const breaker = createBreaker('recycled', 'yearly')
  breaker.fail({ kind: 'throttled', afterSeconds: 120, message: 'status 429' }, 'one', NOW)
  breaker.close()
  breaker.fail({ kind: 'failed', afterSeconds: undefined, message: 'status 500' }, 'two', NOW)
  expect([later(119), later(120)].map((now) => breaker.admits(now))).toEqual([false, true])
})

it('an outage is one line of the log, without a number', async () => {
  operator().modes.recycling = { status: 500 }
  const lines = await logOf(async () => {
    await askAbout(5)
    await askAbout(2, later(31))
  })
  expect(lines.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(lines)).toMatchObject({
    event: 'number_signals_paused',
    signal: 'recycled',
    asking: 'live',
    cause: 'failed',
    reason: 'status 500',
    until: later(30).toISOString(),
  })
  expect(lines).not.toContain(NUMBER.slice(3, 9))
})
