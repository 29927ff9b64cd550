import type pg from 'pg'
import { cliError } from '@/lib/platform/command'
import { type Migration, readMigrations } from './files'
import { findPending, openHistory, recordFailure, recordFinish, recordStart } from './history'

/**
 * Applies the pending migrations of a folder in order and returns their names. A migration and its
 * record commit in one transaction. A file whose first line is `-- no transaction` contains one
 * statement that runs outside a transaction: when it fails, its record stays and the next run
 * refuses to continue. Throws the errors of `openHistory` and `findPending`, and an error that
 * names the first migration that failed.
 */
export async function applyMigrations(client: pg.ClientBase, folder: string): Promise<string[]> {
  const records = await openHistory(client)
  const pending = findPending(readMigrations(folder), records)
  for (const migration of pending) {
    const apply = migration.isTransactional ? applyInTransaction : applyWithoutTransaction
    await apply(client, migration).catch((error) => {
      throw cliError(`Migration ${migration.name} failed: ${reasonOf(error)}`, error)
    })
  }
  return pending.map(({ name }) => name)
}

async function applyInTransaction(client: pg.ClientBase, migration: Migration) {
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

async function applyWithoutTransaction(client: pg.ClientBase, migration: Migration) {
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
