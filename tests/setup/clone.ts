import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { logTo } from '@/lib/platform/log'
import { emptyDatabase } from '../support/empty-database'
import { embed } from '../support/environment'

// The log of the product would hide the results of the tests.
logTo({ write: () => {} })

/** A process that runs several test files keeps its database, and empties it before each file. */
const shared: typeof globalThis & { hasTestDatabase?: boolean } = globalThis

if (shared.hasTestDatabase) await emptyDatabase()
else await makeDatabase()
shared.hasTestDatabase = true

async function makeDatabase() {
  const name = `test_${randomBytes(8).toString('hex')}`
  const url = new URL(inject('serverUrl'))
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client
    .query(`create database ${name} template ${inject('template')} strategy file_copy`)
    .finally(() => client.end())
  url.pathname = `/${name}`
  embed(url.href)
  await keepPlaces(url.href)
}

/** Tests read the outbox in the order of its rows (ctid). After a vacuum, new rows can take earlier places. */
async function keepPlaces(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client
    .query('alter table "Message" set (autovacuum_enabled = false)')
    .finally(() => client.end())
}
