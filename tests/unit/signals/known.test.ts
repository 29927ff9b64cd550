import { describe, expect, it } from 'vitest'
import {
  ALL_WELL,
  ask,
  askOwnOperator,
  counts,
  failAll,
  later,
  NOTHING_KNOWN,
  NUMBER,
  operator,
  phone,
} from './operator-actions'

askOwnOperator()

const askAfter = (seconds: number) => ask(undefined, { now: later(seconds) })

describe('answers of the last ten minutes', () => {
  it('are not asked for again', async () => {
    operator().answer(NUMBER, { swapped: true })
    const first = await ask()
    operator().answer(NUMBER, { recycled: true })
    expect(await askAfter(599)).toEqual(first)
    expect(counts('check', 'recycling')).toEqual([1, 1])
    expect(await askAfter(600)).toEqual({ simSwapped: 'no', recycled: 'yes' })
  })

  it('are those of one number and one day', async () => {
    await ask()
    await ask(phone(1))
    await ask(undefined, { verifiedAt: new Date('2026-03-01T12:00:00.000Z') })
    expect(counts('check', 'recycling')).toEqual([2, 2])
    await ask(undefined, { verifiedAt: new Date('2026-03-02T12:00:00.000Z') })
    expect(counts('recycling')).toEqual([3])
  })

  it('may be unknown, when the operator works and cannot tell', async () => {
    failAll({ status: 404, code: 'IDENTIFIER_NOT_FOUND' })
    expect(await ask()).toEqual(NOTHING_KNOWN)
    operator().modes = {}
    expect(await askAfter(599)).toEqual(NOTHING_KNOWN)
    expect(counts('check', 'recycling')).toEqual([1, 1])
    expect(await askAfter(600)).toEqual(ALL_WELL)
  })
})

it('that a SIM was not swapped is asked for again after a minute', async () => {
  expect(await ask()).toEqual(ALL_WELL)
  operator().answer(NUMBER, { swapped: true })
  expect(await askAfter(59)).toEqual(ALL_WELL)
  expect(await askAfter(60)).toEqual({ simSwapped: 'yes', recycled: 'no' })
  expect(counts('check', 'recycling')).toEqual([2, 1])
})

describe('a question without an answer', () => {
  it.each(['hang', { status: 503 }, { status: 403, code: 'PERMISSION_DENIED' }] as const)(
    'is not put again about that number for 30 s: %j',
    async (mode) => {
      failAll(mode)
      await ask()
      operator().modes = {}
      const start = performance.now()
      expect(await askAfter(29)).toEqual(NOTHING_KNOWN)
      expect(performance.now() - start).toBeLessThan(500)
      expect(counts('check', 'recycling')).toEqual([1, 1])
      expect(await ask(phone(1))).toEqual(ALL_WELL)
      expect(await askAfter(30)).toEqual(ALL_WELL)
    },
  )

  it('that was not put is put as soon as the pause is over', async () => {
    failAll({ status: 429, code: 'TOO_MANY_REQUESTS' })
    await ask(phone(1))
    expect(await askAfter(29)).toEqual(NOTHING_KNOWN)
    operator().modes = {}
    expect(await askAfter(30)).toEqual(ALL_WELL)
  })
})
