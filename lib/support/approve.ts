import type { Tx } from '@/lib/platform/db'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import { recordStaffEvent } from '@/lib/staff-log'
import { type ActionRow, endAction, isUnfreeze, lockAction } from './action-row'
import { announceUnfreeze } from './announce'
import { carryOut, eventOf, newPasswordHash } from './carry-out'
import { readChange } from './change'
import { refuseUnlessApprover } from './roles'
import type { StaffMember } from './staff'

export type ApproveRefusal =
  | 'not_permitted'
  | 'action_unknown'
  | 'own_request'
  | 'expired'
  | 'action_ended'
  | 'already_approved'
  | 'changed'
  | 'not_possible'

/** `approved`: another approval is needed. `waiting`: carried out at `dueAt`, unless somebody vetoes. */
export type Approved = { outcome: 'approved' | 'waiting' | 'carried_out'; dueAt: Date | null }

/** `passwordHash`: of `hashForApproval`. */
type Approval = { actionId: string; changeHash: string; passwordHash: string }

/**
 * The hash that an approval needs if it may carry out an unfreeze; empty for any other. It is slow: it is
 * what `commitAct` prepares.
 */
export const hashForApproval = async (actionId: string): Promise<string> =>
  (await isUnfreeze(actionId)) ? newPasswordHash() : ''

/**
 * Approves an action, and carries it out once enough others have approved it, in the transaction that
 * uses up the signature of the approver (`commitAct`). An unfreeze without a proof
 * of the caller is announced to every address of the account instead, and waits for CARE_UNFREEZE_HOURS.
 * The approval, the rows of the log of staff, the effect, its event and its notices commit together.
 *
 * Refused: `not_permitted` to staff who approve nothing; `action_unknown`; `own_request`; `expired` 30
 * minutes after the request, which ends it; `action_ended` when it ended or waits already;
 * `already_approved` by the same person; `changed` when it would change something else than `changeHash`
 * says; `not_possible` when there is nothing to change any more, which ends it. What a refusal has
 * ended is to be committed.
 */
export async function approveAction(
  tx: Tx,
  staff: StaffMember,
  approval: Approval,
  now: Date,
): Promise<Result<Approved, ApproveRefusal>> {
  const refusal = refuseUnlessApprover(staff)
  if (refusal) return refusal
  const action = await lockAction(tx, approval.actionId)
  if (!action) return refuse('action_unknown')
  const obstacle =
    (await findObstacle(tx, action, staff, now)) ??
    (await findDifference(tx, action, approval, now))
  if (obstacle) return obstacle
  const { id: actionId, requestedById } = action
  const { staffId } = staff
  await tx.caseApproval.create({ data: { actionId, requestedById, staffId, at: now } })
  const outcome = await decide(tx, action, { passwordHash: approval.passwordHash, now })
  await recordStaffEvent(tx, eventOf('approved', action, staffId, now))
  if (outcome.ok && outcome.value.outcome === 'carried_out')
    await recordStaffEvent(tx, eventOf('carried_out', action, staffId, now))
  return outcome
}

async function decide(
  tx: Tx,
  action: ActionRow,
  carried: { passwordHash: string; now: Date },
): Promise<Result<Approved, 'not_possible'>> {
  if (action.approvedBy.length + 1 < action.approvals)
    return done({ outcome: 'approved', dueAt: null })
  if (action.type === 'unfreeze' && action.provenById === null)
    return done({ outcome: 'waiting', dueAt: await announceUnfreeze(tx, action, carried.now) })
  const outcome = await carryOut(tx, action, carried)
  return outcome.ok ? done({ outcome: 'carried_out', dueAt: null }) : refuse('not_possible')
}

async function findObstacle(tx: Tx, action: ActionRow, { staffId }: StaffMember, now: Date) {
  const { id, requestedById, approvedBy, endedAt, dueAt, expiresAt } = action
  if (requestedById === staffId) return refuse('own_request')
  if (endedAt || dueAt) return refuse('action_ended')
  if (expiresAt <= now) {
    await endAction(tx, id, 'expired', now)
    return refuse('expired')
  }
  return approvedBy.some((one) => one.staffId === staffId) ? refuse('already_approved') : undefined
}

/** What is approved is what the approver saw. */
async function findDifference(
  tx: Tx,
  action: ActionRow,
  { changeHash }: Approval,
  now: Date,
): Promise<Refused<'not_possible' | 'changed'> | undefined> {
  const read = await readChange(tx, { ...action, userId: action.case.userId }, now)
  if (!read.ok) {
    await endAction(tx, action.id, read.refusal, now)
    return read
  }
  return read.value.change.changeHash === changeHash ? undefined : refuse('changed')
}
