import { beforeEach, describe, expect, it } from 'vitest'
import { requestConfirmation } from '@/lib/contacts'
import { rangeOf, readCeilings } from '@/lib/messaging/spending/ceilings'
import { clockHour } from '@/lib/messaging/spending/clock-hour'
import { findWait } from '@/lib/messaging/spending/open-wait'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import {
  callerOf,
  DAY,
  forgetLimits,
  HOUR,
  later,
  MINUTE,
  makeAccount,
  NOW,
  saveRecovery,
} from '../support/accounts'
import { numberOf } from '../support/sms-actions'
import { statementsOf } from '../support/statements'
import { register } from './registration-actions'
import { start } from './reset-actions'

/** NOW is the beginning of a clock hour. */
const HALF_PAST = later(30 * MINUTE)

beforeEach(async () => {
  await forgetLimits()
  await db().smsCount.deleteMany()
  await db().slowPrefix.deleteMany()
})

const sent = (key: string, count: number, at = NOW) =>
  db().smsCount.create({ data: { key, hour: clockHour(at), sent: count } })

describe('R25 while the SMS of an hour are used up for unconfirmed numbers', () => {
  const PREFIX = 20
  beforeEach(() =>
    sent(`prefix:${rangeOf(numberOf(PREFIX, 0)).prefix}`, readCeilings().prefix.perHour * 0.45),
  )

  it('a registration is told to wait for the next hour, whether its number is taken or not', async () => {
    const owner = await makeAccount({ phone: numberOf(PREFIX, 1) })
    const answers: unknown[] = []
    const statements: unknown[] = []
    for (const phone of [owner.phone, numberOf(PREFIX, 2)])
      statements.push(await statementsOf(async () => answers.push(await register({ phone }))))
    expect(answers).toEqual([refuse('send_throttled', HOUR), refuse('send_throttled', HOUR)])
    expect(statements[1]).toEqual(statements[0])
  })

  it('a registration with another prefix is not', async () => {
    expect(await register({ phone: numberOf(21, 1) })).toMatchObject({ ok: true })
  })

  it('a signed-in customer and a reset are not', async () => {
    const account = await makeAccount({ phone: numberOf(PREFIX, 3) })
    await saveRecovery(account, numberOf(PREFIX, 4))
    const caller = callerOf(account, later(2 * MINUTE))
    expect(await requestConfirmation(caller, 'phone')).toEqual(done())
    expect(await start(account.email, 'primary_phone')).toMatchObject({ ok: true })
  })
})

describe('the wait', () => {
  const TEN = [{ key: 'all', perHour: 10, perDay: 25 }]

  it('is nothing below every ceiling', async () => {
    await sent('all', 9)
    await sent('all', 15, later(-HOUR))
    expect(await findWait(TEN, HALF_PAST)).toBeUndefined()
  })

  it('lasts until the next hour when the hour is used up', async () => {
    await sent('all', 10)
    expect(await findWait(TEN, HALF_PAST)).toBe(30 * MINUTE)
  })

  it('lasts until enough of the day is over when the day is used up', async () => {
    await sent('all', 10, later(-20 * HOUR))
    await sent('all', 10, later(-10 * HOUR))
    await sent('all', 5)
    expect(await findWait(TEN, HALF_PAST)).toBe(5 * HOUR - 30 * MINUTE)
  })

  it('is the whole day of a ceiling that one hour has used up', async () => {
    await sent('all', 25)
    expect(await findWait(TEN, NOW)).toBe(DAY + HOUR)
  })

  it('is nothing for SMS that are only counted', async () => {
    await sent('all', 1_000)
    expect(await findWait([{ key: 'all', perHour: null, perDay: null }], NOW)).toBeUndefined()
  })
})
