import type { Tx } from '@/lib/platform/db'
import { type EndedAction, endWaitingActions } from '@/lib/recovery'

/**
 * Closes the cases of an account that is erased, in the transaction of the erasure: open actions end,
 * words and links that veto are deleted, and the reasons that staff wrote are emptied. Numbers, times,
 * actions and outcomes stay, and so does the log of staff, which has none of these texts. Returns the
 * ended actions for the log, which the caller locks last (`recordEnded`).
 */
export async function eraseCases(tx: Tx, userId: string, now: Date): Promise<EndedAction[]> {
  const ofUser = { case: { userId } }
  await tx.callerWord.deleteMany({ where: { userId } })
  await tx.vetoLink.deleteMany({ where: { action: ofUser } })
  const ended = await endWaitingActions(tx, userId, now)
  await tx.caseAction.updateMany({ where: ofUser, data: { reason: '' } })
  await tx.case.updateMany({ where: { userId, closedAt: null }, data: { closedAt: now } })
  await tx.case.updateMany({ where: { userId }, data: { reason: '' } })
  return ended
}
