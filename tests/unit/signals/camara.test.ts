import { describe, expect, it } from 'vitest'
import type { SignalAnswer } from '@/lib/signals'
import {
  ALL_WELL,
  ask,
  askOwnOperator,
  askYearly,
  counts,
  failAll,
  later,
  NOTHING_KNOWN,
  NUMBER,
  operator,
  use,
} from './operator-actions'

askOwnOperator()

const HOUR = 3_600
const OUT_OF_RANGE = { status: 400, code: 'OUT_OF_RANGE' }

const bodiesOf = (endpoint: 'check' | 'retrieve-date' | 'recycling') =>
  operator()
    .askedOf(endpoint)
    .map(({ fields }) => fields)

describe('the two APIs of CAMARA', () => {
  it.each([
    [{}, ALL_WELL],
    [{ swapped: true }, { simSwapped: 'yes', recycled: 'no' }],
    [{ recycled: true }, { simSwapped: 'no', recycled: 'yes' }],
  ])('tell of a number with %j: %j', async (facts, expected) => {
    operator().answer(NUMBER, facts)
    expect(await ask()).toEqual(expected)
  })

  it('receive the number, 72 hours, and the day of the last proof', async () => {
    await ask()
    expect(bodiesOf('check')).toEqual([{ phoneNumber: NUMBER, maxAge: 72 }])
    expect(bodiesOf('recycling')).toEqual([{ phoneNumber: NUMBER, specifiedDate: '2026-03-01' }])
    const heads = operator().requests.filter(({ endpoint }) => endpoint !== 'token')
    const correlators = heads.map(({ headers }) => headers['x-correlator'])
    expect(new Set(correlators).size).toBe(2)
    for (const correlator of correlators) expect(correlator).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-/)
  })

  it('receive the day in Jakarta', async () => {
    await askYearly(undefined, { verifiedAt: new Date('2026-02-28T17:00:00.000Z') })
    await askYearly(undefined, { verifiedAt: new Date('2026-02-28T16:59:59.000Z') })
    const days = bodiesOf('recycling').map(({ specifiedDate }) => specifiedDate)
    expect(days).toEqual(['2026-03-01', '2026-02-28'])
  })

  it('are asked alone for the yearly check', async () => {
    operator().answer(NUMBER, { recycled: true })
    expect(await askYearly()).toBe('yes')
    expect(counts('check', 'retrieve-date', 'recycling')).toEqual([0, 0, 1])
  })
})

describe('an operator that does not check 72 hours', () => {
  it.each<[string, object, SignalAnswer]>([
    ['an hour inside', { swappedAt: later(-71 * HOUR).toISOString() }, 'yes'],
    ['with nanoseconds and a zone', { swappedAt: '2026-11-23T07:37:53.471829447+07:00' }, 'yes'],
    ['an hour outside', { swappedAt: later(-73 * HOUR).toISOString() }, 'no'],
    ['never', {}, 'no'],
    ['never in 120 days', { monitoredPeriod: 120 }, 'no'],
    ['never in 3 days', { monitoredPeriod: 3 }, 'no'],
    ['never in 2 days', { monitoredPeriod: 2 }, 'unknown'],
  ])('is asked for the date: %s', async (_, facts, expected) => {
    operator().modes.check = OUT_OF_RANGE
    operator().answer(NUMBER, facts)
    expect((await ask()).simSwapped).toBe(expected)
    expect(bodiesOf('retrieve-date')).toEqual([{ phoneNumber: NUMBER }])
  })

  it.each([
    ['no date', { latestSimChange: 'yesterday' }],
    ['a date without a zone', { latestSimChange: '2026-11-23T07:37:53' }],
    ['nothing', {}],
    ['half a day', { latestSimChange: null, monitoredPeriod: 2.5 }],
  ])('is not understood with %s', async (_, body) => {
    operator().modes = { check: OUT_OF_RANGE, 'retrieve-date': { status: 200, body } }
    expect((await ask()).simSwapped).toBe('unknown')
  })

  it('is not asked for the date after any other error, or about recycling', async () => {
    failAll({ status: 400, code: 'INVALID_ARGUMENT' })
    expect(await ask()).toEqual(NOTHING_KNOWN)
    operator().modes = { recycling: OUT_OF_RANGE }
    expect(await askYearly()).toBe('unknown')
    expect(counts('retrieve-date')).toEqual([0])
  })
})

describe('what cannot be understood is unknown', () => {
  it.each([
    [401, 'UNAUTHENTICATED'],
    [403, 'PERMISSION_DENIED'],
    [404, 'NOT_FOUND'],
    [404, 'IDENTIFIER_NOT_FOUND'],
    [422, 'SERVICE_NOT_APPLICABLE'],
    [422, 'MISSING_IDENTIFIER'],
    [422, 'UNNECESSARY_IDENTIFIER'],
    [429, 'QUOTA_EXCEEDED'],
    [429, 'TOO_MANY_REQUESTS'],
    [500, 'INTERNAL'],
    [503, 'UNAVAILABLE'],
    [204, 'NO_CONTENT'],
  ])('%i %s', async (status, code) => {
    failAll({ status, code })
    expect(await ask()).toEqual(NOTHING_KNOWN)
  })

  it.each(['true', 1, 0, null, undefined, {}, [true]])(
    '%j in place of a boolean',
    async (value) => {
      const body = { swapped: value, phoneNumberRecycled: value }
      failAll({ status: 200, body })
      expect(await ask()).toEqual(NOTHING_KNOWN)
    },
  )

  it.each(['drop', 'garble', 'huge'] as const)(
    'an answer that is lost or unreadable: %s',
    async (mode) => {
      failAll(mode)
      expect(await ask()).toEqual(NOTHING_KNOWN)
      use({})
      operator().modes = { token: mode }
      expect(await ask()).toEqual(NOTHING_KNOWN)
    },
  )

  it.each([301, 302, 307, 308])('a redirect %i, which is not followed', async (status) => {
    const headers = { location: `${operator().url}/elsewhere` }
    failAll({ status, body: { swapped: false }, headers })
    expect(await ask()).toEqual(NOTHING_KNOWN)
    use({})
    operator().modes = { token: { status, headers } }
    expect(await ask()).toEqual(NOTHING_KNOWN)
    expect(operator().askedOf('other')).toEqual([])
  })

  it('an operator that nobody can reach', async () => {
    await operator().close()
    expect(await ask()).toEqual(NOTHING_KNOWN)
  })
})
