import type { Tx } from '@/lib/platform/db'
import { recordStaffEvent } from '@/lib/staff-log'
import type { CaseAction } from '@/prisma/client/client'

/** An action of customer care that something else than staff has ended. */
export type EndedAction = Pick<CaseAction, 'id' | 'type' | 'caseId'>

/**
 * Ends every action of customer care that is asked for or waits, in the transaction that freezes or
 * opens the account: it was judged by the state before. The caller holds the lock of the user. Returns
 * the actions that were still alive, for `recordEnded`.
 */
export async function endWaitingActions(tx: Tx, userId: string, now: Date): Promise<EndedAction[]> {
  const ended = await tx.caseAction.updateManyAndReturn({
    where: { case: { userId }, endedAt: null },
    data: { endedAt: now, outcome: 'withdrawn' },
    select: { id: true, type: true, caseId: true, dueAt: true, expiresAt: true },
  })
  // Nothing but time has ended the others.
  return ended.filter(({ dueAt, expiresAt }) => dueAt !== null || expiresAt > now)
}

/** What ended the actions, as the log of staff says it. */
type Cause = {
  userId: string
  because:
    | 'frozen_by_customer'
    | 'frozen_by_care'
    | 'opened_by_customer'
    | 'opened_by_care'
    | 'erased'
  now: Date
}

/**
 * Writes a row in the log of staff for each ended action, by nobody on staff, in the transaction that
 * ended them. Call it last: it locks the end of the log (`recordStaffEvent`).
 */
export async function recordEnded(
  tx: Tx,
  ended: readonly EndedAction[],
  { userId, because, now }: Cause,
): Promise<void> {
  for (const { id: actionId, type: action, caseId } of ended) {
    const detail = { action, actionId, because }
    const event = { type: 'withdrawn', staffId: null, caseId, userId } as const
    await recordStaffEvent(tx, { ...event, detail, now })
  }
}
