import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { fault } from '@/lib/platform/command'

const FOLDER = 'prisma/migrations'

/** Any number that nothing else in the database locks. */
const LOCK = 7_266_283_451
const LOOK_EVERY_MS = 200
const LOCK_PATIENCE_MS = 120_000
const CONNECT_TIMEOUT_MS = 10_000

/** The first line of a migration that cannot run in a transaction, such as one that creates an index concurrently. */
const WITHOUT_TRANSACTION = '-- no transaction'

/** Prisma's own table, so that its tools understand the database. */
const CREATE_TABLE = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`
const RECORD = `
  INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
  VALUES ($1, $2, $3, clock_timestamp(), 1)`
const FIND_APPLIED = `
  SELECT "migration_name" AS name, "checksum", "finished_at" IS NOT NULL AS "isFinished"
  FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`
const FIND_FOREIGN_TABLE = `
  SELECT 1 FROM pg_tables WHERE schemaname = current_schema()
  AND NOT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = '_prisma_migrations')
  LIMIT 1`

type Migration = { name: string; sql: string; checksum: string }
type Applied = { name: string; checksum: string; isFinished: boolean }

/**
 * Applies the migrations that are pending, in the order of their names, each in one transaction with its record. Returns their
 * names. Of several processes at once one applies them, and the others wait for up to two minutes.
 *
 * Fails with a message, and leaves nothing of the migration that failed: when the database holds tables of another program, when
 * an earlier migration was not finished or was changed since, and when a statement fails.
 */
export async function applyMigrations(
  connectionString: string,
  folder = FOLDER,
): Promise<string[]> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    await lock(client)
    return await applyPending(client, readMigrations(folder))
  } finally {
    await client.end()
  }
}

/**
 * Asks again and again, and does not wait in PostgreSQL: a statement that waits keeps a snapshot open, and an index that is created
 * concurrently by the holder of the lock would wait for that snapshot.
 */
async function lock(client: pg.Client) {
  const giveUpAt = performance.now() + LOCK_PATIENCE_MS
  while (performance.now() < giveUpAt) {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS "isMine"', [LOCK])
    if (rows[0].isMine) return
    await sleep(LOOK_EVERY_MS)
  }
  throw fault('Another process has been migrating this database for two minutes. Try again later.')
}

async function applyPending(client: pg.Client, migrations: readonly Migration[]) {
  const { rowCount } = await client.query(FIND_FOREIGN_TABLE)
  if (rowCount)
    throw fault('The database is not empty, and its tables are those of another program.')
  await client.query(CREATE_TABLE)
  const { rows: applied } = await client.query<Applied>(FIND_APPLIED)
  checkApplied(migrations, applied)
  const names = new Set(applied.map(({ name }) => name))
  const pending = migrations.filter(({ name }) => !names.has(name))
  for (const migration of pending) await apply(client, migration)
  return pending.map(({ name }) => name)
}

function checkApplied(migrations: readonly Migration[], applied: readonly Applied[]) {
  for (const { name, checksum, isFinished } of applied) {
    const migration = migrations.find((one) => one.name === name)
    if (!isFinished) throw fault(`The migration ${name} was begun and not finished.`)
    if (migration && migration.checksum !== checksum)
      throw fault(`The migration ${name} was changed after it had been applied.`)
  }
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration) {
  const record = () => client.query(RECORD, [randomUUID(), checksum, name])
  try {
    if (sql.startsWith(WITHOUT_TRANSACTION)) {
      await client.query(sql)
      await record()
      return
    }
    await client.query('BEGIN')
    await client.query(sql)
    await record()
    await client.query('COMMIT')
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown error'
    throw fault(`The migration ${name} failed: ${reason}`, error)
  }
}

function readMigrations(folder: string): Migration[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  return entries
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}
