import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { cliError } from '@/lib/platform/command'

/** The advisory lock key of Prisma's own commands, so that they never migrate at the same time. */
const MIGRATION_LOCK_KEY = 72_707_369
const RETRY_INTERVAL_MS = 150

/**
 * Runs `work` while this connection holds the migration lock. Throws when another connection holds
 * it for longer than `timeoutMs`. It polls, because a statement that waits for the lock has a
 * snapshot: a CREATE INDEX CONCURRENTLY of the other connection would wait for that snapshot, and
 * both would wait for ever.
 */
export async function withMigrationLock<Value>(
  client: pg.ClientBase,
  timeoutMs: number,
  work: () => Promise<Value>,
): Promise<Value> {
  const timeout = AbortSignal.timeout(timeoutMs)
  while (!(await tryLock(client))) {
    if (timeout.aborted)
      throw cliError(
        `Another migration of this database has not ended within ${timeoutMs / 1_000} s. Try again after it has ended.`,
      )
    await sleep(RETRY_INTERVAL_MS)
  }
  // PostgreSQL also releases the lock when the connection is lost.
  return work().finally(() =>
    client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK_KEY]).catch(() => {}),
  )
}

async function tryLock(client: pg.ClientBase) {
  const { rows } = await client.query('select pg_try_advisory_lock($1) as "isAcquired"', [
    MIGRATION_LOCK_KEY,
  ])
  return rows[0].isAcquired === true
}
