import type { PoolClient } from 'pg'
import { expect, onTestFinished, vi } from 'vitest'
import { pool, type Tx, transaction } from '@/lib/platform/db'

const WAITING = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`

/** Something that transactions run into. `crowd` resolves when so many wait at it; `open` lets them all through. */
export type Gate = { crowd(size: number): Promise<void>; open(): Promise<void> }

/**
 * Closes a gate before a table: whoever inserts into it (or does `event` with such a row) waits in the midst of a transaction,
 * while others go on.
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

/** Holds the row of a user, as a transaction that is changing it does. */
export async function holdUser(userId: string): Promise<Gate> {
  const holder = await pool().connect()
  await holder.query('BEGIN')
  await holder.query('SELECT 1 FROM "User" WHERE id = $1 FOR UPDATE', [userId])
  return gateOf(holder, 'COMMIT')
}

/** Holds a table from the moment that `work` commits on: whoever reads it afterwards waits. */
export async function holdTableAfter(
  table: string,
  work: (tx: Tx) => Promise<unknown>,
): Promise<Gate> {
  const holder = await pool().connect()
  await holder.query('BEGIN')
  const { locked } = await transaction(async (tx) => {
    await work(tx)
    const locked = holder.query(`LOCK TABLE "${table}" IN ACCESS EXCLUSIVE MODE`)
    await untilWaits('LOCK TABLE')
    return { locked }
  })
  await locked
  return gateOf(holder, 'COMMIT')
}

/** Waits until a statement that begins so waits for a lock. */
export const untilWaits = (beginning: string) =>
  vi.waitFor(
    async () =>
      expect(
        (await pool().query(`${WAITING} AND starts_with(query, $1)`, [beginning])).rowCount,
      ).toBeGreaterThan(0),
    { timeout: 10_000, interval: 10 },
  )

/** Makes every insert into a table fail, as a database that dies there would; answers how to make it work again. */
export async function breakInserts(table: string): Promise<() => Promise<void>> {
  await putTrigger(
    table,
    { event: 'INSERT', when: 'true' },
    `RAISE EXCEPTION 'inserts into % fail', TG_TABLE_NAME;`,
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

/** Ends the transactions that wait: nothing of them commits. */
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
