import { describe, expect, it } from 'vitest'
import { isPopupDue, snoozePopup } from '@/lib/accounts'
import { removeRecoveryAddress, requestRemoval } from '@/lib/contacts'
import {
  addRecoveriesWithCodes,
  atOnce,
  callerOf,
  DAY,
  expectDone,
  later,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  saveRecovery,
} from '../support/accounts'
import { newestCode } from '../support/outbox'

addRecoveriesWithCodes()

/** Dismisses the pop-up. Returns after how many of the given days it comes back. */
async function daysAway(userId: string, closedAt: Date) {
  await snoozePopup(userId, closedAt)
  for (const days of [0, 1, 6, 7, 13, 14, 29, 30, 31, 60, 365, 3_650])
    if (await isPopupDue(userId, later(days * DAY, closedAt))) return days
  return 'for good'
}

describe('the pop-up', () => {
  it('is due for a customer without a confirmed recovery address', async () => {
    const account = await makeAccount()
    expect(await isPopupDue(account.userId, NOW)).toBe(true)
    await saveRecovery(account, newEmail())
    expect(await isPopupDue(account.userId, NOW)).toBe(true)
  })

  it('is not due once a recovery address is confirmed, and is due again when it was removed', async () => {
    const account = await makeRecoverable()
    expect(await isPopupDue(account.userId, NOW)).toBe(false)
    await expectDone(requestRemoval(callerOf(account), 'email'))
    await expectDone(removeRecoveryAddress(callerOf(account), await newestCode(account.phone)))
    expect(await isPopupDue(account.userId, NOW)).toBe(true)
  })

  it('stays away for 7, 14 and 30 days, and then permanently', async () => {
    const { userId } = await makeAccount()
    const away: unknown[] = []
    for (let closedAt = NOW; away.length < 4; ) {
      const days = await daysAway(userId, closedAt)
      away.push(days)
      closedAt = later(Number(days) * DAY, closedAt)
    }
    expect(away).toEqual([7, 14, 30, 'for good'])
  })

  it('is dismissed once by concurrent or repeated dismissals', async () => {
    const { userId } = await makeAccount()
    await atOnce(5, () => snoozePopup(userId, NOW))
    await snoozePopup(userId, later(6 * DAY))
    expect(await isPopupDue(userId, later(7 * DAY - 1))).toBe(false)
    expect(await isPopupDue(userId, later(7 * DAY))).toBe(true)
    expect(await daysAway(userId, later(7 * DAY))).toBe(14)
  })

  it('that one customer dismissed is due for another', async () => {
    const [one, other] = [await makeAccount(), await makeAccount()]
    await snoozePopup(one.userId, NOW)
    expect([await isPopupDue(one.userId, NOW), await isPopupDue(other.userId, NOW)]).toEqual([
      false,
      true,
    ])
  })
})
