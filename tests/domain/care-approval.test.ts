import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { describeChange, listOpenActions } from '@/lib/support'
import { expectDone, later, MINUTE, newPhone } from '../support/accounts'
import { approveSigned } from '../support/care-acts'
import { breakInserts } from '../support/gate'
import { kindsTo } from '../support/outbox'
import {
  actionOf,
  approve,
  asked,
  hashOf,
  logOfStaff,
  makeStaff,
  openCase,
  prove,
} from './care-actions'
import { lockedOut, robbedAndFrozen } from './care-setups'
import { replaceSlot, SEEN } from './freeze-actions'

describe('an approval', () => {
  it('R74 by another approver gives the attempts back, and everything commits together', async () => {
    const { agent, approver, account, number } = await lockedOut()
    const actionId = await asked(agent, number, 'restore_attempts')
    const { changeHash, ...shown } = await expectDone(describeChange(approver, actionId, SEEN))
    expect(shown.attempts).toEqual([
      { path: 'primary_phone', used: 60 },
      { path: 'recovery', used: 60 },
    ])
    const mend = await breakInserts('Message')
    const approval = { actionId, changeHash }
    await expect(approveSigned(approver, approval, SEEN)).rejects.toThrow('inserts into Message')
    await mend()
    expect(await actionOf(actionId)).toMatchObject({ endedAt: null })
    expect(await db().caseApproval.count({ where: { actionId } })).toBe(0)
    expect(await approveSigned(approver, approval, SEEN)).toEqual(
      done({ outcome: 'carried_out', dueAt: null }),
    )
    expect(await db().failureCount.count({ where: { account: account.userId } })).toBe(0)
    expect((await kindsTo(account.email))[0]).toBe('notice.attempts_restored')
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'carried_out', endedAt: SEEN })
    expect(await logOfStaff(account)).toEqual([
      'looked_up',
      'requested',
      'case_viewed',
      'approved',
      'carried_out',
    ])
  })

  it('R74 is not given by who asked, by an agent, or by those who see no account', async () => {
    const { approver, account } = await lockedOut()
    const number = await openCase(approver, account)
    const actionId = await asked(approver, number, 'restore_attempts')
    const changeHash = await hashOf(approver, actionId)
    const tryAs = (staff: typeof approver) => approveSigned(staff, { actionId, changeHash }, SEEN)
    expect(await tryAs(approver)).toEqual(refuse('own_request'))
    for (const role of ['agent', 'administrator', 'auditor'] as const)
      expect(await tryAs(await makeStaff(role))).toEqual(refuse('not_permitted'))
    expect(
      await approveSigned(await makeStaff('approver'), { actionId: 'x', changeHash }, SEEN),
    ).toEqual(refuse('action_unknown'))
    const row = { actionId, requestedById: approver.staffId, staffId: approver.staffId, at: SEEN }
    await expect(db().caseApproval.create({ data: row })).rejects.toThrow('CaseApproval_two_people')
  })

  it('comes too late after 30 minutes, and the request can be made again', async () => {
    const { agent, approver, account, number } = await lockedOut()
    const actionId = await asked(agent, number, 'restore_attempts')
    const changeHash = await hashOf(approver, actionId)
    const late = later(30 * MINUTE, SEEN)
    expect(await approveSigned(approver, { actionId, changeHash }, late)).toEqual(refuse('expired'))
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'expired', endedAt: late })
    expect(await db().failureCount.count({ where: { account: account.userId } })).toBe(2)
    const again = await asked(agent, number, 'restore_attempts', {}, late)
    expect(await listOpenActions(agent, later(30 * MINUTE, late))).toEqual([])
    const third = await asked(agent, number, 'restore_attempts', {}, later(30 * MINUTE, late))
    expect(await actionOf(again)).toMatchObject({ outcome: 'expired' })
    expect(await actionOf(third)).toMatchObject({ outcome: null })
  })

  it('is of what the approver saw: not of another request, and not of a changed account', async () => {
    const { agent, approver, account, number } = await robbedAndFrozen()
    const proven = { account, slot: 'recovery_phone', address: account.recoveryPhone } as const
    await prove(agent, number, proven)
    const undo = ['primary_phone'] as const
    const actionId = await asked(agent, number, 'unfreeze', { undo: [...undo] })
    const seen = await hashOf(approver, actionId)
    expect(await approveSigned(approver, { actionId, changeHash: 'x' }, SEEN)).toEqual(
      refuse('changed'),
    )
    await replaceSlot(account, 'primary_phone', newPhone(), SEEN)
    expect(await approveSigned(approver, { actionId, changeHash: seen }, SEEN)).toEqual(
      refuse('changed'),
    )
    expect(await approve(approver, actionId)).toMatchObject({ ok: true })
  })

  it('of what is no longer possible ends the request', async () => {
    const { agent, approver, account, number } = await lockedOut()
    const actionId = await asked(agent, number, 'restore_attempts')
    const changeHash = await hashOf(approver, actionId)
    await db().failureCount.deleteMany({ where: { account: account.userId } })
    expect(await describeChange(approver, actionId, SEEN)).toEqual(refuse('not_possible'))
    expect(await approveSigned(approver, { actionId, changeHash }, SEEN)).toEqual(
      refuse('not_possible'),
    )
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'not_possible', endedAt: SEEN })
    expect(await describeChange(approver, actionId, SEEN)).toEqual(refuse('action_ended'))
    expect(await approveSigned(approver, { actionId, changeHash }, SEEN)).toEqual(
      refuse('action_ended'),
    )
  })

  it('is not disturbed by strangers who go on guessing', async () => {
    const { agent, approver, account, number } = await lockedOut()
    const actionId = await asked(agent, number, 'restore_attempts')
    const changeHash = await hashOf(approver, actionId)
    const where = { account: account.userId }
    await db().failureCount.updateMany({ where, data: { failures: 59 } })
    expect(await approveSigned(approver, { actionId, changeHash }, SEEN)).toMatchObject({
      ok: true,
    })
  })
})
