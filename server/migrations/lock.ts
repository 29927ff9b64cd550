import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { cliError } from '@/lib/platform/command'

/** The key that Prisma's own commands lock: they and this never work at the same time. */
const LOCK = 72_707_369
const BETWEEN_TRIES_MS = 150

/**
 * Runs `work` while this connection is the only one that migrates the database. Throws when another holds the lock for longer
 * than `patienceMs`. It asks again and again, and does not wait inside a statement: a CREATE INDEX CONCURRENTLY of the other
 * would wait for that statement's snapshot, and both would deadlock.
 */
export async function withMigrationLock<Value>(
  client: pg.ClientBase,
  patienceMs: number,
  work: () => Promise<Value>,
): Promise<Value> {
  const patience = AbortSignal.timeout(patienceMs)
  while (!(await tryLock(client))) {
    if (patience.aborted)
      throw cliError(
        `Another migration of this database has not ended within ${patienceMs / 1_000} s. Try again when it has.`,
      )
    await sleep(BETWEEN_TRIES_MS)
  }
  // A connection that is lost gives the lock back by itself.
  return work().finally(() => client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => {}))
}

async function tryLock(client: pg.ClientBase) {
  const { rows } = await client.query('select pg_try_advisory_lock($1) as "isHeld"', [LOCK])
  return rows[0].isHeld === true
}
