import { describe, expect, it } from 'vitest'
import { resendCode } from '@/lib/challenges'
import { findReverification, removeRecoveryAddress, requestRemoval } from '@/lib/contacts'
import { db, transaction } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { done, refuse } from '@/lib/platform/result'
import { balanceOf, creditRecoveryCheck, listEntries } from '@/lib/points'
import { freezeOwnAccount } from '@/lib/recovery'
import {
  addRecovery,
  atOnce,
  callerOf,
  countOutcomes,
  DAY,
  email,
  expectDone,
  forgetLimits,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
} from '../support/accounts'
import { codesTo, kindsTo, newestCode, wrongCode } from '../support/outbox'
import { check, DUE, healthOf, requestCheck, reverify, YEAR } from './health-actions'

const EMAIL_SLOT = { role: 'recovery', kind: 'email' } as const

const checksOf = async ({ userId }: { userId: string }) =>
  (await listEntries(userId))
    .filter(({ reason }) => reason === 'recovery_check')
    .map(({ amount }) => amount)

describe('R70 the yearly check of a recovery address', () => {
  it('is not due a second before 365 days have passed', async () => {
    const account = await makeRecoverable()
    expect(await requestCheck(account, account.recovery, later(YEAR - 1))).toEqual(
      refuse('nothing_to_reverify'),
    )
    expect(await findReverification(account.userId, EMAIL_SLOT, later(YEAR - 1))).toBeNull()
    expect(await requestCheck(account, account.recovery, DUE)).toEqual(done())
    expect(await findReverification(account.userId, EMAIL_SLOT, DUE)).toMatchObject({
      view: { isPassed: false },
    })
  })

  it('is passed with its code, notified to every address, listed in the activity and rewarded', async () => {
    const account = await makeRecoverable()
    await expectDone(requestCheck(account, account.recovery))
    expect((await kindsTo(account.recovery))[0]).toBe('code.reverify_recovery')
    const code = await newestCode(account.recovery)
    expect(await reverify(account, wrongCode(code))).toMatchObject(refuse('code_wrong'))
    expect(await reverify(account, code)).toEqual(done(env().RECOVERY_CHECK_POINTS))
    for (const to of [account.email, account.phone, account.recovery])
      expect((await kindsTo(to))[0]).toBe('notice.recovery_reverified')
    expect(
      await db().securityEvent.count({
        where: { userId: account.userId, type: 'recovery_reverified' },
      }),
    ).toBe(1)
    expect(await balanceOf(account.userId)).toBe(
      env().RECOVERY_REWARD_POINTS + env().RECOVERY_CHECK_POINTS,
    )
    expect(await healthOf(account, DUE)).toMatchObject({ due: [] })
    expect(await requestCheck(account, account.recovery)).toEqual(refuse('nothing_to_reverify'))
  })

  it('passes and is rewarded once for twenty concurrent right codes', async () => {
    const account = await makeRecoverable()
    await expectDone(requestCheck(account, account.recovery))
    const code = await newestCode(account.recovery)
    const outcomes = await atOnce(20, () => reverify(account, code))
    expect(countOutcomes(outcomes).done).toBe(1)
    expect(await checksOf(account)).toEqual([env().RECOVERY_CHECK_POINTS])
    expect(
      await db().securityEvent.count({
        where: { userId: account.userId, type: 'recovery_reverified' },
      }),
    ).toBe(1)
  })

  it('sends one code for twenty concurrent requests', async () => {
    const account = await makeRecoverable()
    await atOnce(20, () => requestCheck(account, account.recovery))
    expect(
      (await kindsTo(account.recovery)).filter((kind) => kind === 'code.reverify_recovery'),
    ).toHaveLength(1)
  })

  it('is due and rewarded each year, and skipped years are not made up', async () => {
    const account = await makeRecoverable()
    for (const years of [1, 2, 7]) {
      await forgetLimits()
      expect(await check(account, account.recovery, later(years * YEAR))).toBe(
        env().RECOVERY_CHECK_POINTS,
      )
    }
    expect(await checksOf(account)).toHaveLength(3)
  })

  it('is resent on request, counted in the send limits of the customer', async () => {
    const account = await makeRecoverable()
    await expectDone(requestCheck(account, account.recovery))
    await expectDone(
      resendCode({ userId: account.userId }, 'reverify_recovery', newOrigin(), later(MINUTE, DUE)),
    )
    expect(await reverify(account, await newestCode(account.recovery), later(MINUTE, DUE))).toEqual(
      done(env().RECOVERY_CHECK_POINTS),
    )
    expect(await codesTo(account.recovery)).toHaveLength(2)
  })

  it('ends when the address is removed or the account is frozen', async () => {
    const [removed, frozen] = [await makeRecoverable(), await makeRecoverable()]
    for (const account of [removed, frozen])
      await expectDone(requestCheck(account, account.recovery))
    await expectDone(requestRemoval(callerOf(removed, DUE), 'email'))
    await expectDone(removeRecoveryAddress(callerOf(removed, DUE), await newestCode(removed.phone)))
    await freezeOwnAccount(frozen.userId, newOrigin(), DUE)
    for (const account of [removed, frozen]) {
      expect(await reverify(account, await newestCode(account.recovery))).toEqual(
        refuse('challenge_gone'),
      )
      expect(await checksOf(account)).toEqual([])
    }
  })
})

describe('the reward of the check', () => {
  const credit = (userId: string, address = newEmail(), now = NOW) =>
    transaction((tx) => creditRecoveryCheck(tx, { userId, address, now }))

  it('is credited once for an account and address in 365 days by twenty concurrent requests', async () => {
    const [{ userId }, address] = [await makeAccount(), newEmail()]
    const credited = await atOnce(20, () => credit(userId, address))
    expect(credited.filter((points) => points > 0)).toEqual([env().RECOVERY_CHECK_POINTS])
    expect(await credit(userId, address, later(YEAR - 1))).toBe(0)
    const again = await atOnce(20, () => credit(userId, address, DUE))
    expect(again.filter((points) => points > 0)).toEqual([env().RECOVERY_CHECK_POINTS])
  })

  it('counts every name of a mailbox as one, and other addresses and accounts separately', async () => {
    const [one, other] = [await makeAccount(), await makeAccount()]
    expect(await credit(one.userId, email('wati.ayu@gmail.com'))).toBeGreaterThan(0)
    expect(await credit(one.userId, email('watiayu+toko@gmail.com'))).toBe(0)
    expect(await credit(one.userId)).toBeGreaterThan(0)
    expect(await credit(other.userId, email('wati.ayu@gmail.com'))).toBeGreaterThan(0)
  })

  it('is not credited again after the address is removed and added again', async () => {
    const account = await makeRecoverable()
    await check(account, account.recovery)
    await expectDone(requestRemoval(callerOf(account, DUE), 'email'))
    await expectDone(removeRecoveryAddress(callerOf(account, DUE), await newestCode(account.phone)))
    await forgetLimits()
    await addRecovery(account, account.recovery, later(YEAR + DAY))
    expect(await requestCheck(account, account.recovery, later(2 * YEAR))).toEqual(
      refuse('nothing_to_reverify'),
    )
    expect(await checksOf(account)).toHaveLength(1)
  })
})
