import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Ceilings, ceilingsOf } from '@/lib/messaging/spending/ceilings'
import { clockHour } from '@/lib/messaging/spending/clock-hour'
import { db, pool } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import type { Purpose } from '@/prisma/client/enums'
import { atOnce, DAY, HOUR, later, NOW } from '../support/accounts'
import { closeGate } from '../support/gate'
import {
  codeFor,
  deliverWaiting,
  forgetWaiting,
  noticeOf,
  numberOf,
  sendEach,
  smsTo,
} from '../support/sms-actions'

const MANY = { perHour: 1_000, perDay: 1_000 }
const OPEN: Ceilings = { all: MANY, country: MANY, prefix: MANY, resetPercent: 40 }
const ceilings = (given: Partial<Ceilings>): Ceilings => ({ ...OPEN, ...given })

let warn = vi.spyOn(log, 'warn')

beforeEach(async () => {
  warn = vi.spyOn(log, 'warn').mockReturnValue()
  await forgetWaiting(NOW)
  await db().smsCount.deleteMany()
})
afterEach(() => void vi.restoreAllMocks())

const codes = (times: number, purpose: Purpose, now = NOW) =>
  Array.from({ length: times }, (_, nth) => smsTo(numberOf(nth, 0), codeFor(purpose), now))
const count = (sent: boolean[]) => sent.filter((isSent) => isSent).length
const sentOf = async (key: string) => (await db().smsCount.findFirst({ where: { key } }))?.sent

describe('R25 a ceiling of ten SMS an hour', () => {
  const TEN = ceilings({ all: { perHour: 10, perDay: 1_000 } })

  it('withholds registrations at four, and keeps four for resets', async () => {
    expect(count(await sendEach(codes(10, 'register'), NOW, TEN))).toBe(4)
    expect(count(await sendEach(codes(10, 'reset_password'), NOW, TEN))).toBe(4)
  })

  it('keeps four for resets, whatever signed-in customers cause', async () => {
    expect(count(await sendEach(codes(20, 'confirm_phone'), NOW, TEN))).toBe(20)
    expect(count(await sendEach(codes(20, 'authorise_recovery'), NOW, TEN))).toBe(20)
    expect(count(await sendEach(codes(10, 'register'), NOW, TEN))).toBe(0)
    expect(count(await sendEach(codes(10, 'reset_password'), NOW, TEN))).toBe(4)
  })

  it('withholds a notice of a new device at six', async () => {
    await sendEach(codes(5, 'change_phone'), NOW, TEN)
    const notices = [0, 1].map((nth) => smsTo(numberOf(nth, 0), noticeOf('new_device', NOW), NOW))
    expect(await sendEach(notices, NOW, TEN)).toEqual([true, false])
  })

  it.each([
    ['a code that a signed-in customer asks for', codeFor('authorise_recovery')],
    ['a code to a new number of a signed-in customer', codeFor('confirm_phone')],
    ['a code of an unfreeze', codeFor('unfreeze_first')],
    ['the notice of a reset', noticeOf('password_reset', NOW)],
    ['the notice of a changed number', noticeOf('phone_changed', NOW)],
    ['the notice of a freeze', noticeOf('frozen', NOW)],
    ['the notice of an unfreeze', noticeOf('unfrozen', NOW)],
  ])('never withholds %s, and counts it', async (_what, content) => {
    await sendEach(codes(10, 'change_phone'), NOW, TEN)
    expect(await sendEach([smsTo(numberOf(99, 0), content, NOW)], NOW, TEN)).toEqual([true])
    expect(await sentOf('all')).toBe(11)
  })

  it('settles a withheld code like a decoy, and counts it nowhere', async () => {
    await sendEach(codes(10, 'reset_password'), NOW, TEN)
    await sendEach([smsTo(numberOf(50, 0), codeFor('reset_password'), NOW)], NOW, TEN)
    const row = await db().message.findFirst({
      orderBy: { failedAt: 'desc' },
      where: { lastError: 'withheld' },
    })
    expect(row).toMatchObject({ sentAt: null, failedAt: NOW, sealedBody: null, attempts: 1 })
    const counts = await db().smsCount.findMany({ where: { key: { startsWith: 'prefix:' } } })
    expect(counts.map(({ sent }) => sent)).toEqual(Array(4).fill(1))
  })

  it('is full again in the next clock hour', async () => {
    expect(count(await sendEach(codes(11, 'reset_password'), NOW, TEN))).toBe(4)
    const next = new Date(clockHour(NOW).getTime() + HOUR * 1_000)
    expect(count(await sendEach(codes(11, 'reset_password', next), next, TEN))).toBe(4)
  })

  it('is reported once an hour, without a number', async () => {
    await sendEach(codes(13, 'register'), NOW, TEN)
    expect(warn.mock.calls).toEqual([[{ event: 'sms_ceiling_reached', ceiling: 'all' }]])
  })

  it('is exact when several processes send at the same time', async () => {
    const asked = JSON.stringify([ceilingsOf('code.reset_password', numberOf(0, 0), TEN)])
    const take = () =>
      pool().query('SELECT "reachedKey" FROM take_sms($1, $2)', [asked, clockHour(NOW)])
    await take()
    const gate = await closeGate('SmsCount', { when: `NEW.key LIKE 'prefix:%'` })
    const taking = atOnce(10, take)
    await gate.crowd(10)
    await gate.open()
    const answers = await taking
    expect(answers.filter(({ rows }) => rows[0]?.reachedKey === null)).toHaveLength(3)
    expect(await sentOf('all')).toBe(4)
  })
})

describe('a ceiling', () => {
  it('of a day looks back a whole day', async () => {
    const TWO = ceilings({ all: { perHour: 5, perDay: 8 } })
    const [first, second] = [later(HOUR), later(2 * HOUR)]
    expect(count(await sendEach(codes(3, 'reset_password', first), first, TWO))).toBe(2)
    expect(count(await sendEach(codes(3, 'reset_password', second), second, TWO))).toBe(1)
    const almost = later(DAY + HOUR - 1)
    expect(count(await sendEach(codes(1, 'reset_password', almost), almost, TWO))).toBe(0)
    const after = later(DAY + 2 * HOUR)
    expect(count(await sendEach(codes(3, 'reset_password', after), after, TWO))).toBe(2)
  })

  it('of a prefix leaves other prefixes alone', async () => {
    const ONE = ceilings({ prefix: { perHour: 3, perDay: 10 } })
    const numbers = [numberOf(1, 1), numberOf(1, 2), numberOf(2, 1)]
    const send = (purpose: Purpose) =>
      sendEach(
        numbers.map((number) => smsTo(number, codeFor(purpose), NOW)),
        NOW,
        ONE,
      )
    expect(await send('register')).toEqual([true, false, true])
  })

  it('R26 of a prefix withholds no reset: those of a few customers would stop those of all', async () => {
    const ONE = ceilings({ prefix: { perHour: 3, perDay: 10 } })
    const numbers = Array.from({ length: 12 }, (_, nth) => numberOf(1, nth % 2))
    const resets = numbers.map((number) => smsTo(number, codeFor('reset_password'), NOW))
    expect(count(await sendEach(resets, NOW, ONE))).toBe(12)
    expect(await sendEach(codes(2, 'register').slice(1), NOW, ONE)).toEqual([false])
  })

  it('of a country is named in the log', async () => {
    const ONE = ceilings({ country: { perHour: 3, perDay: 10 } })
    expect(await sendEach(codes(2, 'reset_password'), NOW, ONE)).toEqual([true, false])
    expect(warn).toHaveBeenCalledWith({ event: 'sms_ceiling_reached', ceiling: 'country:ID:reset' })
  })

  it('of an unconfirmed number is its own for registrations and for new addresses', async () => {
    const number = numberOf(3, 3)
    const times = (purpose: Purpose) =>
      Array.from({ length: 21 }, () => smsTo(number, codeFor(purpose), NOW))
    expect(count(await sendEach(times('register'), NOW, OPEN))).toBe(10)
    expect(count(await sendEach(times('confirm_recovery'), NOW, OPEN))).toBe(20)
    expect(count(await sendEach(times('reset_password'), NOW, OPEN))).toBe(21)
  })

  it('counts no e-mail and no message without a recipient', async () => {
    const [sms] = codes(1, 'register')
    if (sms) await sendEach([{ ...sms, to: null }], NOW, OPEN)
    await deliverWaiting(NOW, OPEN)
    expect(await db().smsCount.count()).toBe(0)
  })
})
