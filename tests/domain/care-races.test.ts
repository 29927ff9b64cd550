import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { freezeAccount } from '@/lib/recovery'
import { closeCase, declineAction } from '@/lib/support'
import { countOutcomes, makeAccount, newOrigin } from '../support/accounts'
import { approveSigned } from '../support/care-acts'
import { closeGate } from '../support/gate'
import { actionOf, asked, hashOf, logOfStaff, makeStaff, openCase, request } from './care-actions'
import { inOrder, timesIn } from './care-race-actions'
import { lockedOut } from './care-setups'
import { robbed } from './care-unfreeze-actions'
import { SEEN } from './freeze-actions'
import { type Change, expectUnchanged, overtake, removeFrom } from './overtake-actions'

/** An action that waits for the approval of two who may give it. */
async function waitingForApproval() {
  const made = await lockedOut()
  return { ...made, actionId: await asked(made.agent, made.number, 'restore_attempts') }
}

describe('of two at the same moment', () => {
  it('two approvers: one carries out', async () => {
    const { approver, other, account, actionId } = await waitingForApproval()
    const both = [approver, other]
    const hashes = [await hashOf(approver, actionId), await hashOf(other, actionId)]
    const gate = await closeGate('CaseApproval')
    const approving = both.map((staff, nth) =>
      approveSigned(staff, { actionId, changeHash: hashes[nth] ?? '' }, SEEN),
    )
    await gate.crowd(2)
    await gate.open()
    expect(countOutcomes(await Promise.all(approving))).toEqual({ done: 1, action_ended: 1 })
    expect(await timesIn(account, 'attempts_restored')).toBe(1)
    expect(await db().caseApproval.count({ where: { actionId } })).toBe(1)
    const log = await logOfStaff(account)
    expect(log.filter((type) => type === 'approved' || type === 'carried_out')).toEqual([
      'approved',
      'carried_out',
    ])
  })

  it('an approver in two windows: one approves', async () => {
    const { approver, actionId } = await waitingForApproval()
    await db().caseAction.update({ where: { id: actionId }, data: { approvals: 2 } })
    const changeHash = await hashOf(approver, actionId)
    const gate = await closeGate('CaseApproval')
    const approving = [1, 2].map(() => approveSigned(approver, { actionId, changeHash }, SEEN))
    await gate.crowd(2)
    await gate.open()
    expect(countOutcomes(await Promise.all(approving))).toEqual({ done: 1, already_approved: 1 })
  })

  it('an approval and a decline: the first one counts', async () => {
    const { approver, other, account, actionId } = await waitingForApproval()
    const changeHash = await hashOf(approver, actionId)
    const outcomes = await inOrder(account, [
      () => declineAction(other, actionId, SEEN),
      () => approveSigned(approver, { actionId, changeHash }, SEEN),
    ])
    expect(outcomes).toMatchObject([{ ok: true }, refuse('action_ended')])
    expect(await timesIn(account, 'attempts_restored')).toBe(0)
  })

  it('an approval and the closing of the case: the first one counts', async () => {
    const { agent, approver, account, number, actionId } = await waitingForApproval()
    const changeHash = await hashOf(approver, actionId)
    const outcomes = await inOrder(account, [
      () => closeCase(agent, number, SEEN),
      () => approveSigned(approver, { actionId, changeHash }, SEEN),
    ])
    expect(outcomes).toMatchObject([{ ok: true }, refuse('action_ended')])
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'withdrawn' })
  })

  it('two requests of one type: one is open', async () => {
    const { agent, number, account } = await robbed()
    const other = await makeStaff()
    const outcomes = await inOrder(account, [
      () => request(agent, number, 'unfreeze'),
      () => request(other, number, 'unfreeze'),
    ])
    expect(outcomes).toMatchObject([{ ok: true }, refuse('already_open')])
  })
})

describe('an approval that waits for the account', () => {
  it('is refused when an address is removed meanwhile', async () => {
    const { agent, approver, account, number } = await robbed()
    const actionId = await asked(agent, number, 'unfreeze', { undo: ['primary_phone'] })
    const changeHash = await hashOf(approver, actionId)
    const approval = () => approveSigned(approver, { actionId, changeHash }, SEEN)
    await expectUnchanged(account, removeFrom('recovery_phone'), approval, refuse('changed'))
  })

  it('is refused when the account is frozen meanwhile', async () => {
    const { approver, account, actionId } = await waitingForApproval()
    const changeHash = await hashOf(approver, actionId)
    const freeze: Change = (tx, { userId }) =>
      freezeAccount(tx, { userId, origin: newOrigin(), now: SEEN })
    const approval = () => approveSigned(approver, { actionId, changeHash }, SEEN)
    await expectUnchanged(account, freeze, approval, refuse('action_ended'))
  })

  it('is refused when it is too late by then', async () => {
    const { agent, approver, account, number } = await robbed()
    const actionId = await asked(agent, number, 'unfreeze')
    const changeHash = await hashOf(approver, actionId)
    const end: Change = (tx) =>
      tx.caseAction.update({ where: { id: actionId }, data: { expiresAt: SEEN } })
    const approval = () => approveSigned(approver, { actionId, changeHash }, SEEN)
    const { outcome } = await overtake(account, end, approval)
    expect(outcome).toEqual(refuse('expired'))
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'expired' })
  })
})

it('the log of staff has no gap after many acts at once', async () => {
  const staff = await makeStaff()
  const accounts = await Promise.all(Array.from({ length: 8 }, () => makeAccount()))
  await Promise.all(accounts.map(async (account) => openCase(await makeStaff(), account)))
  await Promise.all(accounts.map((account) => openCase(staff, account)))
  const rows = await db().staffEvent.findMany({ orderBy: { position: 'asc' } })
  expect(rows.map(({ position }) => position)).toEqual(rows.map((_, nth) => nth + 1))
})
