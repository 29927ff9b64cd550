import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { cliError, codeOf } from '@/lib/platform/command'
import { type Migration, readMigrations } from './files'
import { findPending, openHistory, recordFailure, recordFinish, recordStart } from './history'

/**
 * How long a migration waits for a lock. Every statement of the product that needs the table waits
 * behind it, and behind the locks that its transaction has already: the waits for several locks add
 * up. So it gives up soon and tries again after a pause. No request may wait for a second
 * (`bench/migration`).
 */
const LOCK_TIMEOUT_MS = 50
const LOCK_PAUSE_MS = 500
const LOCK_ATTEMPTS = 120
const LOCK_NOT_AVAILABLE = '55P03'

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
    const apply = migration.isTransactional ? applyWhenUnlocked : applyWithoutTransaction
    await apply(client, migration).catch((error) => {
      throw cliError(`Migration ${migration.name} failed: ${reasonOf(error)}`, error)
    })
  }
  return pending.map(({ name }) => name)
}

/** A transaction that could not get a lock has changed nothing, so it is repeated. */
async function applyWhenUnlocked(client: pg.ClientBase, migration: Migration) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await applyInTransaction(client, migration)
    } catch (error) {
      if (codeOf(error) !== LOCK_NOT_AVAILABLE || attempt === LOCK_ATTEMPTS) throw error
      await sleep(LOCK_PAUSE_MS)
    }
  }
}

async function applyInTransaction(client: pg.ClientBase, migration: Migration) {
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`)
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
