import type { Tx } from '@/lib/platform/db'

/**
 * Ends every action of customer care that is asked for or waits, in the transaction that freezes or
 * opens the account: it was judged by the state before. The caller holds the lock of the user.
 */
export async function endWaitingActions(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.caseAction.updateMany({
    where: { case: { userId }, endedAt: null },
    data: { endedAt: now, outcome: 'withdrawn' },
  })
}
