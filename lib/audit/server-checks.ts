import { INVARIANTS } from './invariants'
import type { Read } from './read'
import { type Audited, addViolation, linesOf } from './report'

/** Every constraint, index and trigger that is in force. */
const IN_FORCE = `
  select conname::text as name from pg_constraint where convalidated
  union select relname::text from pg_index join pg_class on pg_class.oid = indexrelid where indisvalid
  union select tgname::text from pg_trigger where tgenabled in ('O', 'A')`

/**
 * Longer than PostgreSQL keeps a connection of the product whose transaction gets no statement
 * (`lib/platform/pool.ts`).
 */
const OPEN_TRANSACTIONS = `
  select pid::text as id, state_change < $1::timestamptz - interval '15 seconds' as "isIdle"
  from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'`

/** Looks for the constraints that make the invariants facts of the database. */
export async function checkFacts(read: Read, report: readonly Audited[]): Promise<void> {
  const names = new Set((await read<{ name: string }>(IN_FORCE)).map(({ name }) => name))
  for (const { number, facts } of INVARIANTS)
    for (const line of linesOf(report, [number])) {
      line.rows += facts.length
      for (const id of facts)
        if (!names.has(id)) addViolation(line, { name: 'not_in_force', table: 'pg_catalog', id })
    }
}

/** Looks for transactions whose process does something else. Their id is that of the connection. */
export async function checkTransactions(
  read: Read,
  lines: readonly Audited[],
  now: Date,
): Promise<void> {
  const open = await read<{ id: string; isIdle: boolean }>(OPEN_TRANSACTIONS, [now])
  for (const line of lines) {
    line.rows += open.length
    for (const { id, isIdle } of open)
      if (isIdle) addViolation(line, { name: 'idle_transaction', table: 'pg_stat_activity', id })
  }
}
