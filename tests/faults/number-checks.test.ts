import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Phone } from '@/lib/addresses'
import { checkNumbers } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { readMetrics } from '@/lib/platform/metrics'
import { eventsOf } from '../domain/freeze-actions'
import { DUE, YEAR } from '../domain/health-actions'
import {
  atOnce,
  HOUR,
  later,
  makeAccount,
  makeRecoverable,
  NOW,
  newPhone,
} from '../support/accounts'
import { sampleOf } from '../support/metrics'
import { kindsTo } from '../support/outbox'
import { askOneOperator, operator } from './number-actions'

askOneOperator()

/** No earlier number is due. */
beforeEach(async () => {
  operator().failing.clear()
  await db().address.updateMany({ data: { recycleAskedAt: later(50 * YEAR) } })
})

const hoursAfter = (hours: number) => later(hours * HOUR, DUE)
const asked = () =>
  operator()
    .askedOf('recycling')
    .map(({ fields }) => fields.phoneNumber)
const askedAt = async ({ userId }: { userId: string }) =>
  (await db().address.findFirstOrThrow({ where: { userId, kind: 'phone' } })).recycleAskedAt

describe('the yearly question about a number', () => {
  it('is put after a year without a verification, once a year', async () => {
    const account = await makeAccount()
    await checkNumbers(later(YEAR - 1))
    expect(asked()).toEqual([])
    for (const seconds of [0, 3_600, YEAR - 1]) await checkNumbers(later(seconds, DUE))
    expect(asked()).toEqual([account.phone.value])
    await checkNumbers(later(YEAR, DUE))
    expect(asked()).toHaveLength(2)
  })

  it('marks a number that somebody else has, primary or for recovery, before it is needed', async () => {
    const account = await makeRecoverable(newPhone())
    for (const { value } of [account.phone, account.recovery])
      operator().answer(value, { recycled: true })
    await checkNumbers(DUE)
    const marked = await db().address.count({ where: { userId: account.userId, recycledAt: DUE } })
    expect(marked).toBe(2)
    expect((await eventsOf(account)).filter((type) => type === 'number_recycled')).toHaveLength(2)
    expect((await kindsTo(account.email))[0]).toBe('notice.number_recycled')
  })

  it('is put to the operator once by three workers', async () => {
    const accounts = await Promise.all(Array.from({ length: 60 }, () => makeAccount()))
    await atOnce(3, () => checkNumbers(DUE))
    expect(asked().toSorted()).toEqual(accounts.map(({ phone }) => phone.value).toSorted())
  })

  it('is put again when the operator was out of order', async () => {
    const account = await makeAccount()
    operator().modes = { recycling: { status: 503 } }
    await checkNumbers(DUE)
    expect(await askedAt(account)).toEqual(NOW)
    operator().modes = {}
    await checkNumbers(hoursAfter(1))
    expect(await askedAt(account)).toEqual(hoursAfter(1))
  })
})

const numbersOf = (accounts: readonly { phone: Phone }[]) =>
  accounts.map(({ phone }) => phone.value).toSorted()
const pausedQuestions = async () =>
  sampleOf(await readMetrics(), 'number_signals_total', { answer: 'paused' }) ?? 0
const makeAccounts = (count: number) =>
  Promise.all(Array.from({ length: count }, () => makeAccount()))

describe('the yearly check of many numbers', () => {
  it('ends its run after a question without an answer, and puts exactly that one again', async () => {
    const [refused = await makeAccount(), ...others] = await makeAccounts(60)
    await db().address.updateMany({
      where: { userId: refused.userId, kind: 'phone' },
      data: { lastVerifiedAt: later(-1) },
    })
    operator().failing.set(refused.phone.value, { status: 403, code: 'PERMISSION_DENIED' })
    await checkNumbers(DUE)
    expect(asked()).toHaveLength(48)
    const times = await Promise.all(others.map(askedAt))
    expect(times.filter((time) => time !== null)).toEqual(Array.from({ length: 47 }, () => DUE))
    operator().failing.clear()
    await checkNumbers(hoursAfter(1))
    expect(asked().toSorted()).toEqual(numbersOf([refused, refused, ...others]))
  })

  it.each([
    ['asks for a pause', { status: 429, headers: { 'retry-after': '3600' } }, 1, 0],
    ['does not work', { status: 503 }, 9, 8],
  ])('stops when the operator %s, and asks about all in the next run', async (...values) => {
    const [, mode, put, paused] = values
    const accounts = await makeAccounts(20)
    const before = await pausedQuestions()
    operator().modes = { recycling: mode }
    await checkNumbers(DUE)
    expect([asked().length, (await pausedQuestions()) - before]).toEqual([put, paused])
    const times = await Promise.all(accounts.map(askedAt))
    expect(times.filter((time) => time === null).length).toBeGreaterThanOrEqual(11)
    operator().modes = {}
    operator().requests.length = 0
    await checkNumbers(hoursAfter(1))
    expect(asked().toSorted()).toEqual(numbersOf(accounts))
  })

  it('counts numbers without coverage as asked about for a year, and goes on behind them', async () => {
    const accounts = await makeAccounts(60)
    operator().modes = { recycling: { status: 404, code: 'IDENTIFIER_NOT_FOUND' } }
    await checkNumbers(DUE)
    await checkNumbers(hoursAfter(1))
    expect(asked().toSorted()).toEqual(numbersOf(accounts))
    expect(await Promise.all(accounts.map(askedAt))).toEqual(accounts.map(() => DUE))
  })

  it('reaches a number behind twelve that the operator always refuses', async () => {
    for (const { phone } of await makeAccounts(12))
      operator().failing.set(phone.value, { status: 403, code: 'PERMISSION_DENIED' })
    const { userId, phone } = await makeAccount()
    const recycleAskedAt = later(1)
    await db().address.updateMany({ where: { userId, kind: 'phone' }, data: { recycleAskedAt } })
    for (let run = 0; run < 14; run++) await checkNumbers(hoursAfter(run))
    expect(asked()).toContain(phone.value)
    operator().failing.clear()
    await checkNumbers(hoursAfter(14))
  })

  it('ends at once when the worker stops, and leaves the numbers due', async () => {
    const accounts = await makeAccounts(3)
    const stopping = new AbortController()
    operator().modes = { recycling: { afterMs: 300 } }
    const run = checkNumbers(DUE, stopping.signal)
    await vi.waitFor(() => expect(asked()).toHaveLength(1), 10_000)
    stopping.abort()
    await run
    operator().modes = {}
    await checkNumbers(hoursAfter(1))
    expect(asked().toSorted()).toEqual(numbersOf(accounts))
  })

  it('asks again after a day when a worker has not come back with an answer', async () => {
    const account = await makeAccount()
    operator().modes = { recycling: 'hang' }
    const lost = checkNumbers(DUE)
    await vi.waitFor(() => expect(asked()).toHaveLength(1), 10_000)
    operator().modes = {}
    await checkNumbers(hoursAfter(23))
    expect(asked()).toHaveLength(1)
    await checkNumbers(hoursAfter(24))
    expect(asked()).toHaveLength(2)
    await lost
    expect(await askedAt(account)).toEqual(hoursAfter(24))
  })
})
