import { db } from '@/lib/platform/db'
import { CODE_KINDS } from '../content/content'

const MESSAGES_AT_ONCE = 1_000

/**
 * Settles the messages that a restored backup holds as unsent, up to this time, as failed with the
 * reason `restored`: most of them were sent after the backup, and their codes and links are closed. A
 * notice keeps its body until it expires, so that an operator may replay it. No SMS follows a WhatsApp
 * message any more, because it may have been sent. Returns how many were settled.
 */
export async function settleRestored(upTo: Date): Promise<number> {
  await db().$executeRaw`
    UPDATE "Message" SET "fallbackAt" = NULL, "sealedBody" = NULL
    WHERE "fallbackAt" IS NOT NULL AND "sentAt" IS NOT NULL AND "createdAt" <= ${upTo}`
  let [total, settled] = [0, MESSAGES_AT_ONCE]
  while (settled === MESSAGES_AT_ONCE) {
    settled = await db().$executeRaw`
      UPDATE "Message" SET "failedAt" = ${upTo}, "lastError" = 'restored',
        "fallbackAt" = NULL, "runAt" = NULL, "claimedBy" = NULL,
        "sealedBody" = CASE WHEN starts_with(kind, ${CODE_KINDS}) OR "sealedTo" IS NULL THEN NULL ELSE "sealedBody" END
      WHERE id = ANY(ARRAY(
        SELECT id FROM "Message" WHERE "sentAt" IS NULL AND "failedAt" IS NULL AND "createdAt" <= ${upTo}
        ORDER BY "createdAt" LIMIT ${MESSAGES_AT_ONCE}))`
    total += settled
  }
  return total
}

/**
 * Drops the other work of the worker that a restored backup brings back, up to this time, and the
 * jobs of the version before. Returns how many. No worker may run.
 */
export async function dropTasks(upTo: Date): Promise<number> {
  await db().messageWorker.deleteMany({ where: { startedAt: { lte: upTo } } })
  const { count } = await db().task.deleteMany({ where: { runAt: { lte: upTo } } })
  return count + (await dropFormerJobs())
}

/** Their messages are settled, and their reports are from before the backup. */
async function dropFormerJobs(): Promise<number> {
  const [found] = await db().$queryRaw<{ exists: boolean }[]>`
    SELECT to_regclass('graphile_worker._private_jobs') IS NOT NULL AS exists`
  return found?.exists ? db().$executeRaw`DELETE FROM graphile_worker._private_jobs` : 0
}
