import { beforeEach, describe, expect, it } from 'vitest'
import { changePassword } from '@/lib/accounts'
import { db } from '@/lib/platform/db'
import { consume } from '@/lib/platform/limit-uses'
import { refuse } from '@/lib/platform/result'
import {
  type Account,
  forgetLimits,
  makeAccount,
  NOW,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { factsOf, logOf, securityLines } from '../support/log-lines'
import { type Browser, enter, newBrowser } from './device-actions'

beforeEach(() => forgetLimits())

/** A change of the password to the same one: it stops after the current one was right. */
const check = ({ userId }: Account, browser: Browser, current = PASSWORD) =>
  changePassword({
    userId,
    current,
    next: PASSWORD,
    origin: { ...newOrigin(), ...browser },
    now: NOW,
  })

const WRONG = refuse('password_wrong')
const RIGHT = refuse('password_same')

/** The failures of the path of the password, by the kind of scope. */
async function failuresOf({ userId: account }: Account) {
  const rows = await db().failureCount.findMany({ where: { account, path: 'password' } })
  return Object.fromEntries(
    rows.map(({ scope, failures }) => [scope.split(':')[0] ?? '', failures]),
  )
}

const useUp = ({ userId: account }: Account, scope: string, failures: number) =>
  db().failureCount.create({
    data: { account, path: 'password', scope, failures, updatedAt: NOW },
  })

describe('the current password of a signed-in customer', () => {
  it('counts, when it is wrong, with the log-ins of unknown browsers, until it is right', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    for (let time = 0; time < 2; time++)
      expect(await check(account, browser, OTHER_PASSWORD)).toEqual(WRONG)
    expect(await failuresOf(account)).toEqual({ unknown: 2 })
    expect(await check(account, browser)).toEqual(RIGHT)
    expect(await failuresOf(account)).toEqual({})
  })

  it('counts in a known device at that device, and strangers cannot use up its attempts', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    await enter(account, browser)
    await useUp(account, 'unknown', 60)
    expect(await check(account, browser, OTHER_PASSWORD)).toEqual(WRONG)
    expect(await failuresOf(account)).toEqual({ unknown: 60, device: 1, devices: 1 })
    expect(await check(account, browser)).toEqual(RIGHT)
    expect(await failuresOf(account)).toEqual({ unknown: 60, devices: 0 })
  })

  it('is wrong, although it is right, where the attempts are used up', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    await enter(account, browser)
    await useUp(account, 'devices', 20)
    expect(await check(account, browser)).toEqual(WRONG)
    expect(await check(account, newBrowser())).toEqual(RIGHT)
    await useUp(account, 'unknown', 60)
    expect(await check(account, newBrowser())).toEqual(WRONG)
  })

  it('can be wrong ten times in fifteen minutes; right ones do not count, and clear no wrong one', async () => {
    const account = await makeAccount()
    for (let time = 0; time < 10; time++) {
      expect(await check(account, newBrowser())).toEqual(RIGHT)
      expect(await check(account, newBrowser(), OTHER_PASSWORD)).toEqual(WRONG)
    }
    expect(await check(account, newBrowser())).toMatchObject({
      refusal: 'password_throttled',
      retryAfterSeconds: expect.any(Number),
    })
  })

  it('can be right sixty times in fifteen minutes, because each time costs the server', async () => {
    const account = await makeAccount()
    for (let time = 0; time < 58; time++) await consume('passwordUses', account.userId)
    expect(await check(account, newBrowser())).toEqual(RIGHT)
    expect(await check(account, newBrowser())).toEqual(RIGHT)
    expect(await check(account, newBrowser())).toMatchObject({ refusal: 'password_throttled' })
  })

  it('R61 has a line that says whether it was right, wrong or without attempts', async () => {
    const account = await makeAccount()
    const facts = { userId: account.userId, purpose: 'current_password' }
    const firstLine = async (current: string) => {
      const lines = securityLines(await logOf(() => check(account, newBrowser(), current)))
      return lines.map(factsOf)[0]
    }
    expect(await firstLine(PASSWORD)).toEqual({ event: 'authn_login_success', ...facts })
    expect(await firstLine(OTHER_PASSWORD)).toEqual({ event: 'authn_login_fail', ...facts })
    await db().failureCount.updateMany({
      where: { account: account.userId },
      data: { failures: 60 },
    })
    expect(await firstLine(PASSWORD)).toEqual({ event: 'authn_login_fail_max', ...facts })
  })
})
