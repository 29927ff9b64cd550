import { describe, expect, it, vi } from 'vitest'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import {
  type AssertedAct,
  approveAction,
  commitAct,
  completeAct,
  hashForApproval,
  requestAction,
} from '@/lib/support'
import { countOutcomes } from '../support/accounts'
import { newAuthenticator } from '../support/authenticator'
import { breakInserts, holdUser } from '../support/gate'
import { makeStaff, signAct, signInStaff } from '../support/staff'
import { actionOf, asked, caseOf, hashOf, REASON, TICKET } from './care-actions'
import { timesIn } from './care-race-actions'
import { lockedOut } from './care-setups'
import { SEEN } from './freeze-actions'

const ACT = { type: 'request_action', request: 'satu' } as const

/** A signature of somebody whose authenticator keeps no counter, which would refuse it the second time. */
async function signed(role: 'agent' | 'approver') {
  const authenticator = newAuthenticator({ counts: false })
  const person = await makeStaff(role, { now: SEEN, authenticator })
  const staff = await signInStaff(person, SEEN)
  return signAct(person, staff, ACT, { now: SEEN })
}

const ask = (by: AssertedAct, caseNumber: string, type: 'freeze' | 'unfreeze' = 'freeze') =>
  completeAct(by, (tx) => {
    const request = { caseNumber, type, detail: {}, reason: REASON, ticket: TICKET }
    return requestAction(tx, by.staff, request, SEEN)
  })

/** Approves an action. `slow` runs before the transaction. */
const approveBy = async (by: AssertedAct, actionId: string, slow = hashForApproval) => {
  const changeHash = await hashOf(by.staff, actionId)
  return commitAct(by, {
    prepare: () => slow(actionId),
    work: (tx, passwordHash) =>
      approveAction(tx, by.staff, { actionId, changeHash, passwordHash }, SEEN),
  })
}

const PASSKEY_REFUSED = refuse('passkey_refused')

const countActions = async (number: string) =>
  db().caseAction.count({ where: { caseId: (await caseOf(number)).id } })

describe('R77 a signature', () => {
  it('is used up by a request that is refused, of which nothing stays', async () => {
    const { number } = await lockedOut()
    const by = await signed('agent')
    expect(await ask(by, number, 'unfreeze')).toEqual(refuse('not_possible'))
    expect(await ask(by, number)).toEqual(PASSKEY_REFUSED)
    expect(await countActions(number)).toBe(0)
  })

  it('is used up by an approval that comes too late, which ends the action', async () => {
    const { agent, number } = await lockedOut()
    const actionId = await asked(agent, number, 'restore_attempts')
    await db().caseAction.update({ where: { id: actionId }, data: { expiresAt: SEEN } })
    const by = await signed('approver')
    expect(await approveBy(by, actionId)).toEqual(refuse('expired'))
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'expired' })
    await db().caseAction.update({
      where: { id: actionId },
      data: { endedAt: null, outcome: null },
    })
    const slow = vi.fn(hashForApproval)
    expect(await approveBy(by, actionId, slow)).toEqual(PASSKEY_REFUSED)
    expect(slow).not.toHaveBeenCalled()
  })

  it('stays unused when the database fails, because nothing has happened', async () => {
    const { account, number } = await lockedOut()
    const by = await signed('agent')
    const mend = await breakInserts('Message')
    await expect(ask(by, number)).rejects.toThrow('inserts into Message')
    await mend()
    expect(await countActions(number)).toBe(0)
    expect(await timesIn(account, 'frozen')).toBe(0)
    expect(await ask(by, number)).toMatchObject({ ok: true })
    expect(await ask(by, number)).toEqual(PASSKEY_REFUSED)
  })
})

// After the others: the first act of a process takes long, and the one that waits for it gives up.
describe('R77 of two posts of one signature at the same moment', () => {
  it('one freezes', async () => {
    const { account, number } = await lockedOut()
    const by = await signed('agent')
    const gate = await holdUser(account.userId)
    const asking = [1, 2].map(() => ask(by, number))
    await gate.crowd(2)
    await gate.open()
    expect(countOutcomes(await Promise.all(asking))).toEqual({ done: 1, passkey_refused: 1 })
    expect(await timesIn(account, 'frozen')).toBe(1)
    expect(await countActions(number)).toBe(1)
  })

  it('one approves', async () => {
    const { agent, account, number } = await lockedOut()
    const actionId = await asked(agent, number, 'restore_attempts')
    // Both approvals of one person would be refused as such, too.
    await db().caseAction.update({ where: { id: actionId }, data: { approvals: 2 } })
    const by = await signed('approver')
    const changeHash = await hashOf(by.staff, actionId)
    const gate = await holdUser(account.userId)
    const approval = { actionId, changeHash, passwordHash: '' }
    const approving = [1, 2].map(() =>
      commitAct(by, {
        prepare: async () => undefined,
        work: (tx) => approveAction(tx, by.staff, approval, SEEN),
      }),
    )
    await gate.crowd(2)
    await gate.open()
    expect(countOutcomes(await Promise.all(approving))).toEqual({ done: 1, passkey_refused: 1 })
  })
})
