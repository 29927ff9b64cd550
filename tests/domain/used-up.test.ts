import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { reportExcess, resendCode } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import { passReset, type ResetChoice } from '@/lib/recovery'
import {
  type Account,
  DAY,
  expectDone,
  forgetLimits,
  later,
  MINUTE,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  OTHER_PASSWORD,
} from '../support/accounts'
import { countReports, runReports } from '../support/jobs'
import { kindsTo, newestCode, wrongCode } from '../support/outbox'
import { newBrowser, tryLogIn, useUpByStrangers } from './device-actions'
import { register } from './registration-actions'
import { start } from './reset-actions'

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  await runReports()
})
afterEach(() => void vi.useRealTimers())

async function closePath({ userId: account }: Account, path: ResetChoice) {
  const row = { account, path, scope: 'unknown', failures: 60, updatedAt: NOW }
  await db().failureCount.create({ data: row })
}

const noticesTo = async ({ phone }: Account) =>
  (await kindsTo(phone)).filter((kind) => kind === 'notice.attempts_used_up').length

/** Moves the clock of the limits, and returns the new time. */
function at(seconds: number) {
  vi.setSystemTime(later(seconds))
  return later(seconds)
}

/** How many reports `work` leaves for the worker. */
async function reportsOf(work: () => Promise<unknown>) {
  const before = await countReports()
  await work()
  return (await countReports()) - before
}

describe('R41 a reset on a path whose attempts are used up', () => {
  const begin = (account: Account, seconds: number, path: ResetChoice = 'primary_phone') =>
    reportsOf(() => expectDone(start(account.email, path, at(seconds))))

  it('is reported once a day, however often it is begun', async () => {
    const account = await makeRecoverable()
    await closePath(account, 'primary_phone')
    const reports = []
    for (const seconds of [0, 1, DAY - 1, DAY]) reports.push(await begin(account, seconds))
    expect(reports).toEqual([1, 0, 0, 1])
    await runReports()
    expect(await noticesTo(account)).toBe(2)
  })

  it('is reported although one was begun that day while the path was open', async () => {
    const account = await makeRecoverable()
    expect(await begin(account, 0)).toBe(0)
    await closePath(account, 'primary_phone')
    expect([await begin(account, 1), await begin(account, 2, 'recovery')]).toEqual([1, 0])
    await closePath(account, 'recovery')
    expect(await begin(account, 3, 'recovery')).toBe(1)
  })
})

describe('R41 wrong passwords', () => {
  const failAt = (account: Account, seconds: number, times: number) =>
    reportsOf(async () => {
      for (let time = 0; time < times; time++) {
        await forgetLimits('login%')
        await tryLogIn(account, newBrowser(), OTHER_PASSWORD, at(seconds))
      }
    })

  it('are reported with every tenth, once a day', async () => {
    const account = await makeRecoverable()
    const reports = [await failAt(account, 0, 9), await failAt(account, 0, 1)]
    for (const seconds of [DAY - 1, DAY]) reports.push(await failAt(account, seconds, 10))
    expect(reports).toEqual([0, 1, 0, 1])
  })

  it('are reported once the attempts of the account are used up, and of an unknown one alike', async () => {
    const account = await makeRecoverable()
    await useUpByStrangers(account)
    expect([await failAt(account, 0, 1), await failAt(account, 0, 1)]).toEqual([1, 0])
    await runReports()
    expect(await noticesTo(account)).toBe(1)
    const unknown = { ...account, email: newEmail() }
    expect([await failAt(unknown, 0, 9), await failAt(unknown, 0, 1)]).toEqual([0, 1])
  })
})

describe('R41 wrong codes', () => {
  const begin = async (account: Account) => {
    const { secret } = await expectDone(start(account.email, 'primary_phone', NOW))
    const code = await newestCode(account.phone)
    const fail = () => reportsOf(() => passReset(secret, wrongCode(code), newOrigin(), at(MINUTE)))
    return { secret, code, fail }
  }

  it('are reported with the last attempt at a challenge', async () => {
    const { fail } = await begin(await makeRecoverable())
    const reports = []
    for (let nth = 1; nth <= 5; nth++) reports.push(await fail())
    expect(reports).toEqual([0, 0, 0, 0, 1])
  })

  it('are not reported when the last attempt was at an older code, and is given back', async () => {
    const { secret, code, fail } = await begin(await makeRecoverable())
    const ref = { secret }
    await expectDone(resendCode(ref, 'reset_password', newOrigin(), at(MINUTE)))
    for (let nth = 1; nth <= 4; nth++) await fail()
    expect(await reportsOf(() => passReset(secret, code, newOrigin(), at(MINUTE)))).toBe(0)
    expect(await fail()).toBe(1)
  })
})

describe('R26 more codes than are free', () => {
  const report = (path: string, seconds: number, userId: string) => {
    const asked = { userId, rateLimitKey: userId, path }
    return reportsOf(() => reportExcess(asked, newOrigin(), at(seconds)))
  }

  it('are reported once a day for each path', async () => {
    const { userId } = await makeRecoverable()
    const reports = []
    for (const seconds of [0, 1, DAY - 1, DAY])
      reports.push(await report('primary_phone', seconds, userId))
    expect(reports).toEqual([1, 0, 0, 1])
    expect(await report('recovery', DAY, userId)).toBe(1)
  })

  it('of a registration are reported to nobody', async () => {
    const { secret } = await expectDone(register({ now: at(0) }))
    const sendAgain = async () => {
      for (const minutes of [1, 2, 3, 4])
        await expectDone(resendCode({ secret }, 'register', newOrigin(), at(minutes * MINUTE)))
    }
    expect(await reportsOf(sendAgain)).toBe(0)
  })
})
