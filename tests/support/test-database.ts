import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { embed } from './environment'

/** Makes a copy of the migrated database, and this process one of the embedded product on it. */
export async function makeDatabase() {
  const name = `test_${randomBytes(8).toString('hex')}`
  const url = new URL(inject('serverUrl'))
  await query(url.href, `create database ${name} template ${inject('template')} strategy file_copy`)
  url.pathname = `/${name}`
  embed(url.href)
  await keepPlaces(url.href)
}

/** Tests read the outbox in the order of its rows (ctid). After a vacuum, new rows can take earlier places. */
const keepPlaces = (url: string) =>
  query(url, 'alter table "Message" set (autovacuum_enabled = false)')

async function query(connectionString: string, sql: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
