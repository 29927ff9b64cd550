import pg from 'pg'
import { migrateQueue } from '@/lib/messaging'
import { cliError, main } from '@/lib/platform/command'
import { describeDatabaseError } from '@/lib/platform/database-error'
import { databaseUrl } from '@/lib/platform/env-schema'
import { applyMigrations } from './migrations/apply'
import { withMigrationLock } from './migrations/lock'

const MIGRATIONS = 'prisma/migrations'
const CONNECT_TIMEOUT_MS = 10_000
const LOCK_TIMEOUT_MS = 60_000

/**
 * Applies the pending migrations of the product and of the queue to DATABASE_URL. Prints no part of
 * that URL.
 */
await main(async () => {
  const url = readDatabaseUrl()
  try {
    const applied = await migrate(url)
    console.log(
      applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The database is up to date.',
    )
  } catch (error) {
    throw cliError(
      `The database of DATABASE_URL could not be migrated: ${describeDatabaseError(error, url)}`,
    )
  }
})

function readDatabaseUrl() {
  const text = process.env.DATABASE_URL
  if (!text)
    throw cliError('DATABASE_URL is not set. ("npm start" migrates the embedded database itself.)')
  const { error } = databaseUrl.safeParse(text)
  if (error) throw cliError(`DATABASE_URL ${error.issues[0]?.message}.`)
  return text
}

async function migrate(connectionString: string) {
  const settings = {
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  }
  const client = new pg.Client(settings)
  // When the connection is lost, the running statement rejects. Without a listener, the event would
  // end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return await withMigrationLock(client, LOCK_TIMEOUT_MS, async () => {
      const applied = await applyMigrations(client, MIGRATIONS)
      await withPool(settings, migrateQueue)
      return applied
    })
  } finally {
    await client.end().catch(() => {})
  }
}

async function withPool(settings: pg.PoolConfig, work: (pool: pg.Pool) => Promise<void>) {
  const pool = new pg.Pool({ ...settings, max: 1 })
  pool.on('error', () => {})
  await work(pool).finally(() => pool.end())
}
