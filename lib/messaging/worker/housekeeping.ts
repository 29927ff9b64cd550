import { db } from '@/lib/platform/db'

/**
 * Settles messages that expired before they were sent, even if their job was lost, and erases the
 * bodies that failed messages kept.
 */
export async function wipeExpired(now: Date): Promise<void> {
  await db().message.updateMany({
    where: { expiresAt: { lte: now }, sentAt: null, failedAt: null },
    data: { failedAt: now, lastError: 'expired', sealedBody: null },
  })
  await db().message.updateMany({
    where: { expiresAt: { lte: now }, sealedBody: { not: null } },
    data: { sealedBody: null },
  })
}

/** Removes jobs that were replaced by a successor and whose worker died before it removed them. */
export async function dropWornJobs(): Promise<void> {
  await db().$executeRaw`
    SELECT count(*) FROM graphile_worker.complete_jobs(ARRAY(
      SELECT id FROM graphile_worker.jobs WHERE attempts >= max_attempts AND locked_at IS NULL
    ))`
}
