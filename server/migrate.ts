import pg from 'pg'
import { cliError } from '@/lib/platform/command'
import { describeDatabaseError } from '@/lib/platform/database-error'
import { databaseUrl } from '@/lib/platform/env-urls'
import { log } from '@/lib/platform/log'
import { KEEP_ALIVE } from '@/lib/platform/pool'
import { runService } from '@/lib/platform/process'
import { applyMigrations } from './migrations/apply'
import { withMigrationLock } from './migrations/lock'

const MIGRATIONS = 'prisma/migrations'
const CONNECT_TIMEOUT_MS = 10_000
const LOCK_TIMEOUT_MS = 60_000
/** The locks of a migration whose process hangs or is cut off are free after this time. */
const IDLE_TRANSACTION_TIMEOUT_MS = 30_000

/** The lock of migrations belongs to a session, which a pooler would share. */
const VARIABLE = process.env.DATABASE_DIRECT_URL ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL'

/**
 * Applies the pending migrations to DATABASE_DIRECT_URL, or to
 * DATABASE_URL when that is unset, and logs their names. Prints no part of that URL.
 */
await runService(async () => {
  const url = readDatabaseUrl()
  try {
    const applied = await migrate(url)
    log.info({ event: 'migrated', applied })
  } catch (error) {
    throw cliError(
      `The database of ${VARIABLE} could not be migrated: ${describeDatabaseError(error, url)}`,
    )
  }
})

function readDatabaseUrl() {
  const text = process.env[VARIABLE]
  if (!text)
    throw cliError('DATABASE_URL is not set. ("npm start" migrates the embedded database itself.)')
  const { error } = databaseUrl.safeParse(text)
  if (error) throw cliError(`${VARIABLE} ${error.issues[0]?.message}.`)
  return text
}

async function migrate(connectionString: string) {
  const settings = {
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
    ...KEEP_ALIVE,
  }
  const client = new pg.Client(settings)
  // When the connection is lost, the running statement rejects. Without a listener, the event would
  // end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return await withMigrationLock(client, LOCK_TIMEOUT_MS, () =>
      applyMigrations(client, MIGRATIONS),
    )
  } finally {
    await client.end().catch(() => {})
  }
}
