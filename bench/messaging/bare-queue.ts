import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'

const CONNECTIONS = 12

/**
 * The bare queue is graphile-worker as the product used it before its messages were their own queue.
 * A plan that was cached for an empty table scans a full one for every job, so each statement is
 * planned again, and scans, sorts, hash and merge joins are off.
 */
const SESSION = [
  'jit=off',
  'plan_cache_mode=force_custom_plan',
  ...['seqscan', 'bitmapscan', 'sort', 'incremental_sort', 'hashjoin', 'mergejoin'].map(
    (way) => `enable_${way}=off`,
  ),
]

export const BARE_SETTINGS = { concurrency: 96, pollInterval: 2_000 } as const

export const silentLogger = new Logger(() => () => {})

export const openBarePool = (connectionString: string) =>
  new pg.Pool({
    connectionString,
    max: CONNECTIONS,
    options: SESSION.map((setting) => `-c ${setting}`).join(' '),
  })

/** Creates the tables of the bare queue. */
export async function createBareQueue(connectionString: string): Promise<void> {
  const pgPool = new pg.Pool({ connectionString, max: 1 })
  await runMigrations({ pgPool, logger: silentLogger }).finally(() => pgPool.end())
}
