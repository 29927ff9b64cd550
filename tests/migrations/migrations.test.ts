import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeEach, expect, inject, it, vi } from 'vitest'
import { applyMigrations } from '@/server/migrations/apply'
import { readMigrations } from '@/server/migrations/files'
import { withMigrationLock } from '@/server/migrations/lock'
import { newFolder } from '../support/environment'

const PATIENCE_MS = 20_000
const OUTSIDE = '-- no transaction\n'

const name = `test_${randomBytes(8).toString('hex')}`
const url = Object.assign(new URL(inject('serverUrl')), { pathname: `/${name}` }).href
const folder = newFolder('migrations')

async function on<Value>(connectionString: string, work: (client: pg.Client) => Promise<Value>) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return work(client).finally(() => client.end())
}

const onServer = (sql: string) => on(inject('serverUrl'), (client) => client.query(sql))

/** The rows of a query, each as the list of its values. */
const read = (sql: string) =>
  on(url, async (client) => (await client.query({ text: sql, rowMode: 'array' })).rows)

const migrate = (patienceMs = PATIENCE_MS) =>
  on(url, (client) => withMigrationLock(client, patienceMs, () => applyMigrations(client, folder)))

const waitUntil = (sql: string) =>
  vi.waitFor(async () => expect(await read(sql)).not.toEqual([]), { timeout: PATIENCE_MS })

function write(migration: string, sql: string) {
  mkdirSync(path.join(folder, migration), { recursive: true })
  writeFileSync(path.join(folder, migration, 'migration.sql'), sql)
}

async function recreate() {
  await onServer(`drop database if exists ${name} with (force)`)
  await onServer(`create database ${name}`)
}

const RECORDS =
  'select migration_name, count(*)::int, bool_and(finished_at >= started_at), sum(applied_steps_count)::int ' +
  'from "_prisma_migrations" group by 1 order by 1'

beforeEach(async () => {
  await recreate()
  rmSync(folder, { recursive: true, force: true })
  write('1_item', 'CREATE TABLE item (id int);\nINSERT INTO item VALUES (1);')
})

afterAll(async () => {
  await onServer(`drop database ${name} with (force)`)
  rmSync(folder, { recursive: true, force: true })
})

it('two concurrent commands on a new database both succeed, and each migration is recorded once', async () => {
  const run = async () => {
    const child = spawn(process.execPath, ['server/run.mjs', 'migrate'], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: 'ignore',
    })
    const [status] = await once(child, 'exit')
    return status
  }
  expect(await Promise.all([run(), run()])).toEqual([0, 0])
  expect(await read(RECORDS)).toEqual(
    readMigrations('prisma/migrations').map((migration) => [migration.name, 1, true, 1]),
  )
}, 60_000)

it('a command does not deadlock with one that builds an index concurrently', async () => {
  write('2_index', `${OUTSIDE}CREATE INDEX CONCURRENTLY item_id ON item (id);`)
  const applied = await Promise.all([migrate(), migrate(), migrate()])
  expect(applied.flat()).toEqual(['1_item', '2_index'])
  expect(await read(RECORDS)).toEqual([
    ['1_item', 1, true, 1],
    ['2_index', 1, true, 1],
  ])
})

it('a failed migration changes nothing, and is applied once it is corrected', async () => {
  write('2_broken', 'CREATE TABLE half (id int);\nSELECT 1 / 0;')
  await expect(migrate()).rejects.toThrow('Migration 2_broken failed: division by zero')
  expect(await read(RECORDS)).toEqual([['1_item', 1, true, 1]])
  expect(await read("select to_regclass('half')::text")).toEqual([[null]])
  write('2_broken', 'CREATE TABLE half (id int);')
  expect(await migrate()).toEqual(['2_broken'])
})

it('a migration that fails outside a transaction stops every later run until its row is deleted', async () => {
  write('2_unique', `${OUTSIDE}CREATE UNIQUE INDEX CONCURRENTLY item_id ON item ((id / 0));`)
  await expect(migrate()).rejects.toThrow('Migration 2_unique failed: division by zero')
  await expect(migrate()).rejects.toThrow('Migration 2_unique failed or was interrupted')
  await read('drop index item_id')
  await read(`delete from "_prisma_migrations" where migration_name = '2_unique'`)
  write('2_unique', `${OUTSIDE}CREATE UNIQUE INDEX CONCURRENTLY item_id ON item (id);`)
  expect(await migrate()).toEqual(['2_unique'])
})

it('a migration that waits for a locked table lets readers pass, and is applied when the lock is gone', async () => {
  await migrate()
  write('2_column', 'ALTER TABLE item ADD COLUMN name text;')
  let applied: Promise<string[]> | undefined
  await on(url, async (client) => {
    await client.query('begin; select * from item')
    applied = migrate()
    await waitUntil("select 1 from pg_locks where relation = 'item'::regclass and not granted")
    // The lock of the first transaction is still held: only a migration that gave up lets this one in.
    expect(await read('select id from item')).toEqual([[1]])
  })
  expect(await applied).toEqual(['2_column'])
})

it('a command refuses a migration that changed after it was applied, and names it', async () => {
  await migrate()
  write('1_item', 'CREATE TABLE item (id bigint);')
  await expect(migrate()).rejects.toThrow('Migration 1_item was changed')
})

it('a command accepts a migration whose file names the checksum that was applied', async () => {
  await migrate()
  const applied = await read('select checksum from _prisma_migrations')
  write('1_item', `-- formerly ${applied[0]?.[0]}\nCREATE TABLE item (id bigint);`)
  expect(await migrate()).toEqual([])
})

it('a command gives up when another holds the lock for too long', async () => {
  await on(url, (client) =>
    withMigrationLock(client, PATIENCE_MS, () =>
      expect(migrate(300)).rejects.toThrow('has not ended within 0.3 s'),
    ),
  )
  expect(await migrate()).toEqual(['1_item'])
})
