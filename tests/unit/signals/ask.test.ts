import { describe, expect, it } from 'vitest'
import { readMetrics } from '@/lib/platform/metrics'
import { sampleOf } from '@/tests/support/metrics'
import {
  ask,
  askOwnOperator,
  askRecycled,
  askYearly,
  counts,
  failAll,
  NOTHING_KNOWN,
  NUMBER,
  operator,
  phone,
  use,
} from './operator-actions'

askOwnOperator()

/** The time limit of 1.5 s, and what a busy machine may add. */
const LIMIT_MS = 1_500
const MARGIN_MS = 1_000

/** The answer of a product that has started, and how long it took. */
async function timedAnswer() {
  await import('@/lib/signals')
  const start = performance.now()
  return [await ask(), performance.now() - start] as const
}

describe('without a provider', () => {
  it('nothing is asked or known', async () => {
    use({ NUMBER_SIGNALS: '' })
    const { asksOperators } = await import('@/lib/signals')
    expect(asksOperators()).toBe(false)
    expect(await ask()).toEqual(NOTHING_KNOWN)
    expect(await askYearly()).toBe('paused')
    expect(operator().requests).toEqual([])
  })

  it.each(['camara', 'vonage'])('is not with %s', async (name) => {
    use(name === 'vonage' ? operator().vonageEnvironment : {})
    const { asksOperators } = await import('@/lib/signals')
    expect(asksOperators()).toBe(true)
  })
})

describe('an operator that is too slow', () => {
  it.each([
    ['that never answers', 'hang'],
    ['that answers after 4 s', { afterMs: 4_000 }],
  ] as const)('%s is unknown after 1.5 s, for both signals side by side', async (_, mode) => {
    failAll(mode)
    const [answer, ms] = await timedAnswer()
    expect(answer).toEqual(NOTHING_KNOWN)
    expect(ms).toBeGreaterThan(LIMIT_MS - 50)
    expect(ms).toBeLessThan(LIMIT_MS + MARGIN_MS)
  })

  it('has one limit for all of its requests', async () => {
    operator().modes.check = { status: 400, code: 'OUT_OF_RANGE' }
    operator().delayMs = 700
    const [answer, ms] = await timedAnswer()
    expect(answer.simSwapped).toBe('unknown')
    expect(ms).toBeLessThan(LIMIT_MS + MARGIN_MS)
    expect(counts('token', 'check')).toEqual([2, 1])
  })

  it('may be slow with its token, which is then there for the next question', async () => {
    operator().modes.token = { afterMs: 900 }
    operator().modes.recycling = { afterMs: 900 }
    expect(await askYearly()).toBe('unanswered')
    expect(await askYearly()).toBe('no')
    expect(counts('token')).toEqual([1])
  })

  it('loses only the signal that is late', async () => {
    operator().answer(NUMBER, { swapped: true })
    operator().modes.recycling = 'hang'
    expect(await ask()).toEqual({ simSwapped: 'yes', recycled: 'unknown' })
  })
})

describe('questions', () => {
  const sample = async (answer: string, signal = 'recycled') =>
    sampleOf(await readMetrics(), 'number_signals_total', { signal, answer }) ?? -1
  const timed = async () =>
    sampleOf(await readMetrics(), 'operator_call_duration_seconds_count', { provider: 'camara' })

  it.each([
    ['yes', undefined],
    ['unknown', { status: 422, code: 'SERVICE_NOT_APPLICABLE' }],
    ['refused', { status: 403, code: 'PERMISSION_DENIED' }],
    ['refused', { status: 404, code: 'NOT_FOUND' }],
    ['throttled', { status: 429, code: 'TOO_MANY_REQUESTS' }],
    ['failed', { status: 503 }],
    ['failed', 'garble'],
    ['failed', 'drop'],
  ] as const)('are counted by their end: %s', async (end, mode) => {
    operator().answer(NUMBER, { recycled: true })
    if (mode) operator().modes.recycling = mode
    const before = await sample(end)
    const [calls = 0] = [await timed()]
    await askYearly()
    expect([await sample(end), await timed()]).toEqual([before + 1, calls + 1])
  })

  it('that are not put are counted, too', async () => {
    await import('@/lib/signals')
    const [cached, paused] = [await sample('cached'), await sample('paused')]
    await askRecycled()
    await askRecycled()
    operator().modes.recycling = { status: 429 }
    for (const index of [1, 1, 2]) await askRecycled(phone(index))
    expect([await sample('cached'), await sample('paused')]).toEqual([cached + 1, paused + 2])
    expect(await sample('paused', 'sim_swap')).toBeGreaterThanOrEqual(0)
  })
})

describe('the yearly question', () => {
  it.each([
    ['yes', undefined],
    ['unknown', { status: 404, code: 'IDENTIFIER_NOT_FOUND' }],
    ['unanswered', { status: 403, code: 'PERMISSION_DENIED' }],
    ['unanswered', { status: 503 }],
    ['unanswered', 'drop'],
    ['paused', { status: 429, code: 'QUOTA_EXCEEDED' }],
  ] as const)('has the answer %s with %j', async (answer, mode) => {
    operator().answer(NUMBER, { recycled: true })
    if (mode) operator().modes.recycling = mode
    expect(await askYearly()).toBe(answer)
  })

  it('is paused when the operator is left alone, and is then not put', async () => {
    operator().modes.recycling = { status: 429 }
    expect([await askYearly(), await askYearly(phone(1))]).toEqual(['paused', 'paused'])
    expect(counts('recycling')).toEqual([1])
  })

  it('without an answer does not keep a message from its own', async () => {
    operator().modes.recycling = { status: 503 }
    await askYearly()
    operator().modes = {}
    expect(await askRecycled()).toBe('no')
  })
})
