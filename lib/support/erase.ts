import type { Tx } from '@/lib/platform/db'

/**
 * Closes the cases of an account that is erased, in the transaction of the erasure: open actions end,
 * words and links that veto are deleted, and the reasons that staff wrote are emptied. Numbers, times,
 * actions and outcomes stay, and so does the log of staff, which has none of these texts.
 */
export async function eraseCases(tx: Tx, userId: string, now: Date): Promise<void> {
  const ofUser = { case: { userId } }
  await tx.callerWord.deleteMany({ where: { userId } })
  await tx.vetoLink.deleteMany({ where: { action: ofUser } })
  await tx.caseAction.updateMany({
    where: { ...ofUser, endedAt: null },
    data: { endedAt: now, outcome: 'withdrawn' },
  })
  await tx.caseAction.updateMany({ where: ofUser, data: { reason: '' } })
  await tx.case.updateMany({ where: { userId, closedAt: null }, data: { closedAt: now } })
  await tx.case.updateMany({ where: { userId }, data: { reason: '' } })
}
