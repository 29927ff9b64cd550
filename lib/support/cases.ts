import { randomUUID } from 'node:crypto'
import { recordEvent } from '@/lib/activity'
import { lockUser, type Tx, transaction } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import { heard, newSpoken, SPOKEN_ALPHABET, SPOKEN_LETTERS } from '@/lib/platform/spoken'
import { recordStaffEvent } from '@/lib/staff-log'
import type { Case } from '@/prisma/client/client'
import { stopActions } from './action-row'
import { CARE } from './care-origin'
import { VIEW_MS } from './limits'
import { NUMBER_LENGTH } from './query'
import { refuseUnlessHandler } from './roles'
import type { StaffMember } from './staff'

export type CaseRefusal = 'not_permitted' | 'case_unknown' | 'case_closed'

/** A case, what its account is locked for, and who locks it. */
export type Opened = { staff: StaffMember; userId: string; reason: string; now: Date }

/** Finds the open case of an account, or opens one. The caller holds the lock of the user. */
export async function openCase(tx: Tx, opened: Opened): Promise<Case> {
  const { staff, userId, reason, now } = opened
  const open = await tx.case.findFirst({ where: { userId, closedAt: null } })
  if (open) return open
  // With a letter first, it is never taken for a code of six digits.
  const number = newSpoken(SPOKEN_LETTERS, 1) + newSpoken(SPOKEN_ALPHABET, NUMBER_LENGTH - 1)
  const data = {
    id: randomUUID(),
    number,
    userId,
    openedById: staff.staffId,
    reason,
    openedAt: now,
  }
  const { count } = await tx.case.createMany({ data, skipDuplicates: true })
  // Another case has the number.
  return count === 1 ? { ...data, closedAt: null } : openCase(tx, opened)
}

/**
 * Locks the account of a case and reads the case under the lock. Refused: `not_permitted` to staff who
 * see no account, `case_unknown`, `case_closed`.
 */
export async function lockCase(
  tx: Tx,
  staff: StaffMember,
  number: string,
): Promise<Result<Case, CaseRefusal>> {
  const refusal = refuseUnlessHandler(staff)
  if (refusal) return refusal
  const where = { number: heard(number) }
  const seen = await tx.case.findUnique({ where, select: { userId: true } })
  if (!seen) return refuse('case_unknown')
  await lockUser(tx, seen.userId)
  const found = await tx.case.findUniqueOrThrow({ where })
  return found.closedAt ? refuse('case_closed') : done(found)
}

/**
 * Closes a case. Its open actions end as `withdrawn`; whoever was told of an unfreeze is told that it
 * was stopped. Both, and the row of the log of staff, commit together. A later look-up opens another
 * case, in which earlier vetoes still count. Refused: `not_permitted`, `case_unknown`, `case_closed`.
 */
export async function closeCase(
  staff: StaffMember,
  number: string,
  now: Date,
): Promise<Result<undefined, CaseRefusal>> {
  return transaction(async (tx) => {
    const locked = await lockCase(tx, staff, number)
    if (!locked.ok) return locked
    const { id: caseId, userId } = locked.value
    await tx.case.update({ where: { id: caseId }, data: { closedAt: now } })
    await stopActions(tx, { caseId }, { userId, outcome: 'withdrawn', now })
    const { staffId } = staff
    await recordStaffEvent(tx, { type: 'case_closed', staffId, caseId, userId, now })
    return done()
  })
}

/**
 * Records that staff see an account: a row in the log of staff and one in the activity of the account,
 * whose owner is not notified. Who has seen it within 15 minutes is not recorded again. The caller
 * holds the lock of the user.
 */
export async function recordView(
  tx: Tx,
  { id: caseId, userId, reason }: Case,
  { staffId }: StaffMember,
  now: Date,
): Promise<void> {
  const since = new Date(now.getTime() - VIEW_MS)
  const seen = await tx.staffEvent.count({
    where: { staffId, caseId, type: { in: ['looked_up', 'case_viewed'] }, at: { gt: since } },
  })
  if (seen > 0) return
  await recordViewed(tx, userId, reason, now)
  await recordStaffEvent(tx, { type: 'case_viewed', staffId, caseId, userId, now })
}

/** The event of the account that its owner sees. The reason is stored, and not shown to the owner. */
export const recordViewed = (tx: Tx, userId: string, reason: string, now: Date) =>
  recordEvent(tx, { userId, type: 'care_viewed', origin: CARE, now, reason, notify: [] })
