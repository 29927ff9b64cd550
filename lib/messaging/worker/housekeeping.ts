import { db } from '@/lib/platform/db'

/**
 * Gives messages back to the queue whose worker is not registered any more: it had lost its lock for
 * long, claimed on, and died.
 */
export async function giveBackOrphans(): Promise<void> {
  await db().$executeRaw`
    UPDATE "Message" AS message SET "claimedBy" = NULL WHERE "runAt" IS NOT NULL AND "claimedBy" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "MessageWorker" AS worker WHERE worker.id = message."claimedBy")`
}

/**
 * Settles messages that expired before they were sent, even if they are in no queue, and erases the
 * bodies that failed messages kept. Takes what the version before has settled out of the queue.
 */
export async function wipeExpired(now: Date): Promise<void> {
  await db().message.updateMany({
    where: { expiresAt: { lte: now }, sentAt: null, failedAt: null },
    data: { failedAt: now, lastError: 'expired', sealedBody: null, fallbackAt: null, runAt: null },
  })
  await db().message.updateMany({
    where: { expiresAt: { lte: now }, sealedBody: { not: null } },
    data: { sealedBody: null, fallbackAt: null },
  })
  await db().message.updateMany({
    where: { runAt: { not: null }, OR: [{ sentAt: { not: null } }, { failedAt: { not: null } }] },
    data: { runAt: null, claimedBy: null },
  })
}
