import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { freezeOwnAccount } from '@/lib/recovery'
import { verifyStaffLog } from '@/lib/staff-log'
import { type Account, expectDone, later, MINUTE, newOrigin } from '../support/accounts'
import { approveSigned, requestSigned } from '../support/care-acts'
import { breakInserts } from '../support/gate'
import { actionOf, asked, hashOf, openCase, REASON, request, TICKET } from './care-actions'
import { lockedOut } from './care-setups'
import { announced } from './care-unfreeze-actions'
import { complete, makeGuarded, SEEN, userOf, verifiedUnfreeze } from './freeze-actions'

/** What the log of staff says about actions that nobody on staff ended. */
const endedIn = async ({ userId }: Account) =>
  (await db().staffEvent.findMany({ where: { userId, type: 'withdrawn', staffId: null } })).map(
    ({ detail }) => detail,
  )

describe('the log of staff tells why an action ended', () => {
  it('when its owner freezes the account, and its chain is whole', async () => {
    const { agent, account, number } = await lockedOut()
    const actionId = await asked(agent, number, 'restore_attempts')
    const { proven } = await verifyStaffLog()
    await freezeOwnAccount(account.userId, newOrigin(), SEEN)
    const because = 'frozen_by_customer'
    expect(await endedIn(account)).toEqual([{ action: 'restore_attempts', actionId, because }])
    expect(await verifyStaffLog()).toEqual({ proven: proven + 1, fault: undefined })
  })

  it('when its owner opens the account before it is due', async () => {
    const { account, actionId } = await announced()
    const secret = await verifiedUnfreeze(account)
    await expectDone(complete(secret, { primary_phone: 'undo' }))
    const because = 'opened_by_customer'
    expect(await endedIn(account)).toEqual([{ action: 'unfreeze', actionId, because }])
  })

  it('when customer care freezes the account', async () => {
    const { agent, account, number } = await lockedOut()
    const actionId = await asked(agent, number, 'restore_attempts')
    await expectDone(request(agent, number, 'freeze'))
    const because = 'frozen_by_care'
    expect(await endedIn(account)).toEqual([{ action: 'restore_attempts', actionId, because }])
  })

  it('and nothing of one whose time was over, or of a freeze without any', async () => {
    const { agent, account, number } = await lockedOut()
    const actionId = await asked(agent, number, 'restore_attempts')
    await freezeOwnAccount(account.userId, newOrigin(), later(30 * MINUTE, SEEN))
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'withdrawn' })
    const other = await makeGuarded()
    await freezeOwnAccount(other.userId, newOrigin(), SEEN)
    expect([await endedIn(account), await endedIn(other)]).toEqual([[], []])
  })

  it('or the freeze does not commit', async () => {
    const { agent, account, number } = await lockedOut()
    const actionId = await asked(agent, number, 'restore_attempts')
    const mend = await breakInserts('StaffEvent')
    const freezing = freezeOwnAccount(account.userId, newOrigin(), SEEN)
    await expect(freezing).rejects.toThrow('inserts into StaffEvent')
    await mend()
    expect(await userOf(account)).toMatchObject({ frozenAt: null })
    expect(await actionOf(actionId)).toMatchObject({ endedAt: null })
  })
})

it('freezes of owners and acts of staff at the same moment neither deadlock nor leave a gap', async () => {
  const { agent, approver } = await lockedOut()
  const guarded = await Promise.all(Array.from({ length: 6 }, () => lockedOut()))
  const waiting = []
  for (const { account } of guarded) {
    const number = await openCase(agent, account)
    const actionId = await asked(agent, number, 'restore_attempts')
    waiting.push({ account, number, actionId, changeHash: await hashOf(approver, actionId) })
  }
  const freezes = { type: 'freeze', detail: {}, reason: REASON, ticket: TICKET } as const
  await Promise.all(
    waiting.flatMap(({ account, number: caseNumber, actionId, changeHash }, nth) => [
      freezeOwnAccount(account.userId, newOrigin(), SEEN),
      nth % 2
        ? approveSigned(approver, { actionId, changeHash }, SEEN)
        : requestSigned(agent, { ...freezes, caseNumber }, SEEN),
    ]),
  )
  for (const { account, actionId } of waiting) {
    const { outcome } = await actionOf(actionId)
    expect((await endedIn(account)).length).toBe(outcome === 'withdrawn' ? 1 : 0)
  }
  expect((await verifyStaffLog()).fault).toBeUndefined()
})
