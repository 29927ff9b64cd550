import { type Tx, transaction } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import { recordStaffEvent } from '@/lib/staff-log'
import { type ActionRow, lockAction, stopActions } from './action-row'
import { eventOf } from './carry-out'
import { refuseUnlessApprover, refuseUnlessHandler } from './roles'
import type { StaffMember } from './staff'

export type EndRefusal = 'not_permitted' | 'action_unknown' | 'action_ended'

/**
 * Declines an action that somebody else asked for, or stops an unfreeze that waits; then every address is
 * told. The row of the log of staff commits with it. Refused: `not_permitted` to staff who approve
 * nothing, `action_unknown`, `action_ended`, `own_request` (which `withdrawAction` ends).
 */
export async function declineAction(
  staff: StaffMember,
  actionId: string,
  now: Date,
): Promise<Result<undefined, EndRefusal | 'own_request'>> {
  const refusal = refuseUnlessApprover(staff)
  if (refusal) return refusal
  return transaction(async (tx) => {
    const action = await lockAction(tx, actionId)
    if (!action) return refuse('action_unknown')
    if (action.requestedById === staff.staffId) return refuse('own_request')
    return stop(tx, action, { outcome: 'declined', staff, now })
  })
}

/**
 * Withdraws an own request, also an unfreeze that waits; then every address is told. The row of the log
 * of staff commits with it. Refused: `not_permitted` to staff who see no account, `action_unknown`,
 * `action_ended`, `not_own`.
 */
export async function withdrawAction(
  staff: StaffMember,
  actionId: string,
  now: Date,
): Promise<Result<undefined, EndRefusal | 'not_own'>> {
  const refusal = refuseUnlessHandler(staff)
  if (refusal) return refusal
  return transaction(async (tx) => {
    const action = await lockAction(tx, actionId)
    if (!action) return refuse('action_unknown')
    if (action.requestedById !== staff.staffId) return refuse('not_own')
    return stop(tx, action, { outcome: 'withdrawn', staff, now })
  })
}

type Stopping = { outcome: 'declined' | 'withdrawn'; staff: StaffMember; now: Date }

async function stop(
  tx: Tx,
  action: ActionRow,
  { outcome, staff, now }: Stopping,
): Promise<Result<undefined, 'action_ended'>> {
  if (action.endedAt) return refuse('action_ended')
  const { userId } = action.case
  await stopActions(tx, { id: action.id }, { userId, outcome, now })
  await recordStaffEvent(tx, eventOf(outcome, action, staff.staffId, now))
  return done()
}
