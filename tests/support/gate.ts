import type { PoolClient } from 'pg'
import { expect, onTestFinished, vi } from 'vitest'
import { estimateStrength } from '@/lib/accounts/strength'
import { pool } from '@/lib/platform/db'

/** Leaves out new connections, which wait for each other to record the keys of the process. */
const WAITING = `SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock' AND query NOT LIKE '%key-use%'`

/**
 * A lock that transactions wait for. `crowd` resolves when `size` of them wait; `open` releases it.
 */
export type Gate = { crowd(size: number): Promise<void>; open(): Promise<void> }

/**
 * Locks the inserts into a table (or another `event`, for rows that match `when`). A transaction
 * waits there in its middle, while others continue.
 */
export async function closeGate(
  table: string,
  { event = 'INSERT', when = 'true' } = {},
): Promise<Gate> {
  await putTrigger(
    table,
    { event, when },
    `PERFORM pg_advisory_xact_lock_shared(hashtext(TG_TABLE_NAME)); RETURN NEW;`,
  )
  const holder = await pool().connect()
  await holder.query('SELECT pg_advisory_lock(hashtext($1))', [table])
  return gateOf(holder, 'SELECT pg_advisory_unlock_all()')
}

let estimated: Promise<unknown> | undefined

/** Locks the row of a user, as a transaction that changes it does. */
export async function holdUser(userId: string): Promise<Gate> {
  // The first estimate starts a thread. That may take longer than another transaction waits for a lock.
  estimated ??= estimateStrength('kata sandi', [])
  await estimated
  const holder = await pool().connect()
  await holder.query('BEGIN')
  await holder.query('SELECT 1 FROM "User" WHERE id = $1 FOR UPDATE', [userId])
  return gateOf(holder, 'COMMIT')
}

/** Waits until a statement with this beginning waits for a lock. */
export const untilWaits = (beginning: string) =>
  vi.waitFor(
    async () =>
      expect(
        (await pool().query(`${WAITING} AND starts_with(query, $1)`, [beginning])).rowCount,
      ).toBeGreaterThan(0),
    { timeout: 10_000, interval: 10 },
  )

/** Makes every insert into a table fail. Returns a function that repairs it. */
export const breakInserts = (table: string) => breakWrites(table, 'INSERT', 'inserts into')

/** Makes every deletion from a table fail. Returns a function that repairs it. */
export const breakDeletes = (table: string) => breakWrites(table, 'DELETE', 'deletions from')

async function breakWrites(
  table: string,
  event: 'INSERT' | 'DELETE',
  words: string,
): Promise<() => Promise<void>> {
  await putTrigger(
    table,
    { event, when: 'true' },
    `RAISE EXCEPTION '${words} % fail', TG_TABLE_NAME;`,
  )
  return async () => {
    await pool().query(`DROP TRIGGER "test_${table}" ON "${table}"`)
  }
}

function gateOf(holder: PoolClient, opening: string): Gate {
  let opened: Promise<void> | undefined
  const open = () => (opened ??= holder.query(opening).then(() => holder.release()))
  onTestFinished(open)
  const crowd = (size: number) =>
    vi.waitFor(async () => expect(await countWaiting()).toBe(size), {
      timeout: 10_000,
      interval: 10,
    })
  return { crowd, open }
}

/** Terminates the waiting transactions, which then do not commit. */
export async function dropWaiting() {
  await pool().query(`SELECT pg_terminate_backend(pid, 5000) FROM (${WAITING}) AS waiting`)
}

async function putTrigger(
  table: string,
  { event, when }: { event: string; when: string },
  body: string,
) {
  await pool().query(`
    CREATE OR REPLACE FUNCTION "test_${table}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} END $$;
    CREATE OR REPLACE TRIGGER "test_${table}" BEFORE ${event} ON "${table}" FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION "test_${table}"()`)
}

async function countWaiting() {
  return (await pool().query(WAITING)).rowCount
}
