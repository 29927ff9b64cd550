import 'server-only'
import { pool } from './db'
import { log } from './log'

/** The limits that PostgreSQL keeps for a session of the product (`lib/platform/pool.ts`). */
const LIMITS = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']

const MISSING = "select name from unnest($1::text[]) as name where current_setting(name) = '0'"

/** Server and pages are two bundles in one process. They share this through globalThis. */
const shared: typeof globalThis & { recoveryAccountLimitsTold?: boolean } = globalThis

/**
 * Names the time limits that PostgreSQL does not keep for the sessions of this process: behind a
 * pooler they are settings of the role, and easily forgotten. The first time that one is missing,
 * an error is logged. Throws when the database does not answer.
 */
export async function findMissingLimits(): Promise<string[]> {
  const { rows } = await pool().query<{ name: string }>(MISSING, [LIMITS])
  const missing = rows.map(({ name }) => name)
  if (missing.length > 0 && !shared.recoveryAccountLimitsTold) {
    shared.recoveryAccountLimitsTold = true
    log.error({ event: 'database_limits_missing', missing }, HOW)
  }
  return missing
}

const HOW =
  'PostgreSQL ends no statement of this role that takes too long: run the ALTER ROLE statements of deploy/pgbouncer/roles.sql, and RECONNECT in PgBouncer'

/** The same at the start of a process, which a database that is away does not hold up. */
export function warnOfMissingLimits(): void {
  findMissingLimits().catch(() => {})
}
