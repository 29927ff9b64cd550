import type pg from 'pg'
import { cliError } from '@/lib/platform/command'
import { type Migration, readMigrations } from './files'
import { findPending, openHistory, recordFailure, recordFinish, recordStart } from './history'

/**
 * Applies what is pending of a folder's migrations, in their order, and returns their names. Each is a transaction together with
 * its record: one that fails leaves nothing, and ends the work. A file whose first line is `-- no transaction` holds one
 * statement that runs by itself: when it fails, its record stays and stops the next run. Throws what `openHistory` and
 * `findPending` refuse, and an error that names the migration that failed.
 */
export async function applyMigrations(client: pg.ClientBase, folder: string): Promise<string[]> {
  const records = await openHistory(client)
  const pending = findPending(readMigrations(folder), records)
  for (const migration of pending) {
    const apply = migration.isTransactional ? applyInside : applyOutside
    await apply(client, migration).catch((error) => {
      throw cliError(`Migration ${migration.name} failed: ${reasonOf(error)}`, error)
    })
  }
  return pending.map(({ name }) => name)
}

async function applyInside(client: pg.ClientBase, migration: Migration) {
  await client.query('begin')
  try {
    const id = await recordStart(client, migration)
    await client.query(migration.sql)
    await recordFinish(client, id)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

async function applyOutside(client: pg.ClientBase, migration: Migration) {
  const id = await recordStart(client, migration)
  try {
    await client.query(migration.sql)
  } catch (error) {
    await recordFailure(client, id, reasonOf(error)).catch(() => {})
    throw error
  }
  await recordFinish(client, id)
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : 'unknown error')
