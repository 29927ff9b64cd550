import pg from 'pg'
import { env } from '@/lib/platform/env'
import { KEEP_ALIVE } from '@/lib/platform/pool'

const CONNECT_TIMEOUT_MS = 10_000

/**
 * Collects the statistics of all tables (`ANALYZE`). A dump does not contain them. Until autovacuum
 * collects them, PostgreSQL may read a whole index to find one account. `ANALYZE` of a large
 * database takes minutes.
 */
export async function makeStatistics(): Promise<void> {
  const { DATABASE_URL, DATABASE_DIRECT_URL } = env()
  // A connection of the pool ends a statement after 7 s.
  const client = new pg.Client({
    connectionString: DATABASE_DIRECT_URL ?? DATABASE_URL,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...KEEP_ALIVE,
  })
  // When the connection is lost, the running statement rejects.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('analyze')
  } finally {
    await client.end().catch(() => {})
  }
}
