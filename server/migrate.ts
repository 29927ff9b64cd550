import pg from 'pg'
import { migrateQueue } from '@/lib/messaging'
import { fault, main } from '@/lib/platform/command'
import { describeDatabaseError } from '@/lib/platform/database-error'
import { databaseUrl } from '@/lib/platform/env-schema'
import { applyMigrations } from './migrations'

/** Brings the database of DATABASE_URL up to date: the product's tables and the queue's. Prints no part of that URL. */
await main(async () => {
  const url = readDatabaseUrl()
  try {
    const applied = await applyMigrations(url)
    await withPool(url, migrateQueue)
    console.log(
      applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The database is up to date.',
    )
  } catch (error) {
    throw fault(
      `The database of DATABASE_URL could not be migrated: ${describeDatabaseError(error, url)}`,
    )
  }
})

function readDatabaseUrl() {
  const text = process.env.DATABASE_URL
  if (!text)
    throw fault(
      'DATABASE_URL is not set. (The embedded database is migrated by "npm start" itself.)',
    )
  const { error } = databaseUrl.safeParse(text)
  if (error) throw fault(`DATABASE_URL ${error.issues[0]?.message}.`)
  return text
}

async function withPool(connectionString: string, work: (pool: pg.Pool) => Promise<void>) {
  const pool = new pg.Pool({ connectionString, max: 1 })
  pool.on('error', () => {})
  await work(pool).finally(() => pool.end())
}
