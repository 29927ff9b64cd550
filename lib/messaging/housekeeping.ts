import { db } from '@/lib/db'

/**
 * Settles what expired unsent, even if its job was lost, and wipes the bodies that failed messages kept. What it finds unsettled
 * was never sent.
 */
export async function wipeExpired(now: Date): Promise<void> {
  await db().message.updateMany({
    where: { expiresAt: { lte: now }, sentAt: null, failedAt: null },
    data: { failedAt: now, lastError: 'expired', sealedBody: null },
  })
  await db().message.updateMany({ where: { expiresAt: { lte: now }, sealedBody: { not: null } }, data: { sealedBody: null } })
}
