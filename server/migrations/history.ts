import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { z } from 'zod'
import { cliError } from '@/lib/platform/command'
import type { Migration } from './files'

/** As Prisma's schema engine creates it: databases that it migrated are taken over, and its other commands still work. */
const CREATE = `CREATE TABLE _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`

const Tables = z.array(z.object({ name: z.string() }))
const Records = z.array(
  z.object({ name: z.string(), checksum: z.string(), isFinished: z.boolean() }),
)

export type AppliedMigration = z.output<typeof Records>[number]

/**
 * The migrations that the database records, without those that were rolled back. Creates the table of records in an empty
 * database. Throws when there are tables but no records: the database is then another program's.
 */
export async function openHistory(client: pg.ClientBase): Promise<AppliedMigration[]> {
  const tables = await listTables(client)
  if (!tables.includes('_prisma_migrations')) {
    if (tables.length > 0)
      throw cliError(
        'It is not empty, and it has no table "_prisma_migrations": it belongs to another program.',
      )
    await client.query(CREATE)
  }
  const { rows } = await client.query(
    `select migration_name as name, checksum, finished_at is not null as "isFinished"
     from "_prisma_migrations" where rolled_back_at is null order by started_at`,
  )
  return Records.parse(rows)
}

async function listTables(client: pg.ClientBase) {
  const { rows } = await client.query(
    `select relname::text as name from pg_class
     where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')`,
  )
  return Tables.parse(rows).map(({ name }) => name)
}

/**
 * The migrations that are not recorded. Throws, and names the migration, when a record is of one that failed or was
 * interrupted, or of one whose file has been changed since. A record without a file is left alone: it is that of a newer version.
 */
export function findPending(
  migrations: readonly Migration[],
  records: readonly AppliedMigration[],
): Migration[] {
  const checksums = new Map(migrations.map(({ name, checksum }) => [name, checksum]))
  for (const { name, checksum, isFinished } of records) {
    if (!isFinished)
      throw cliError(
        `Migration ${name} failed or was interrupted. Bring the database to the state before it, delete its row from ` +
          '"_prisma_migrations", and migrate again.',
      )
    if (checksums.has(name) && checksums.get(name) !== checksum)
      throw cliError(
        `Migration ${name} was changed after it had been applied. Restore its file, and write what it lacks into a new migration.`,
      )
  }
  const recorded = new Set(records.map(({ name }) => name))
  return migrations.filter(({ name }) => !recorded.has(name))
}

/** Records that a migration begins now, and returns the id of its row. */
export async function recordStart(client: pg.ClientBase, migration: Migration): Promise<string> {
  const id = randomUUID()
  await client.query(
    `insert into "_prisma_migrations" (id, checksum, migration_name, started_at) values ($1, $2, $3, clock_timestamp())`,
    [id, migration.checksum, migration.name],
  )
  return id
}

/** Records that the migration of this row is applied. */
export async function recordFinish(client: pg.ClientBase, id: string): Promise<void> {
  await client.query(
    `update "_prisma_migrations" set finished_at = clock_timestamp(), applied_steps_count = 1 where id = $1`,
    [id],
  )
}

/** Records why the migration of this row failed. */
export async function recordFailure(
  client: pg.ClientBase,
  id: string,
  reason: string,
): Promise<void> {
  await client.query('update "_prisma_migrations" set logs = $2 where id = $1', [id, reason])
}
