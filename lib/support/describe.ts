import * as z from 'zod'
import { db, transaction } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import { lockAction } from './action-row'
import { recordView } from './cases'
import { type Change, readChange } from './change'
import { refuseUnlessHandler } from './roles'
import type { StaffMember } from './staff'

/** An open action, and what it would change now. */
export type DescribedChange = Change & { actionId: string; caseNumber: string }

/**
 * Describes what an open action would change now, for staff who decide on it, and records that they see
 * the account (as `readCase` does). Refused: `not_permitted` to staff who see no account,
 * `action_unknown`, `action_ended`, `not_possible` when there is nothing to change any more.
 */
export async function describeChange(
  staff: StaffMember,
  actionId: string,
  now: Date,
): Promise<
  Result<DescribedChange, 'not_permitted' | 'action_unknown' | 'action_ended' | 'not_possible'>
> {
  const refusal = refuseUnlessHandler(staff)
  if (refusal) return refusal
  return transaction(async (tx) => {
    const action = await lockAction(tx, actionId)
    if (!action) return refuse('action_unknown')
    if (action.endedAt) return refuse('action_ended')
    const { userId, number: caseNumber } = action.case
    const read = await readChange(tx, { ...action, userId }, now)
    await recordView(tx, action.case, staff, now)
    return read.ok ? done({ ...read.value.change, actionId, caseNumber }) : read
  })
}

/**
 * The number of the case of an action, also of one that has ended; null for an unknown one, and for staff
 * who see no account. It shows nothing of the account.
 */
export async function findCaseOf(staff: StaffMember, actionId: string): Promise<string | null> {
  if (refuseUnlessHandler(staff) || !z.uuid().safeParse(actionId).success) return null
  const action = await db().caseAction.findUnique({
    where: { id: actionId },
    select: { case: { select: { number: true } } },
  })
  return action?.case.number ?? null
}
