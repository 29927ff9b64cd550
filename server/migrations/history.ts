import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import * as z from 'zod'
import { cliError } from '@/lib/platform/command'
import type { Migration } from './files'

/** The same table as Prisma's schema engine creates, so that both can migrate the same database. */
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
 * Reads the recorded migrations except those that were rolled back. In an empty database, it
 * creates the table for the records. Throws when the database has other tables and no table of
 * records, because it then belongs to another program.
 */
export async function openHistory(client: pg.ClientBase): Promise<AppliedMigration[]> {
  const tables = await listTables(client)
  if (!tables.includes('_prisma_migrations')) {
    if (tables.length > 0)
      throw cliError(
        'It is not empty and has no table "_prisma_migrations", so it belongs to another program.',
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
 * Returns the migrations that are not recorded. Throws an error with the migration's name when a
 * recorded one failed, was interrupted, or has another checksum than its file has or had. A record without a
 * file belongs to a newer version and is ignored.
 */
export function findPending(
  migrations: readonly Migration[],
  records: readonly AppliedMigration[],
): Migration[] {
  const checksums = new Map(
    migrations.map(({ name, checksum, formerChecksums }) => [name, [checksum, ...formerChecksums]]),
  )
  for (const { name, checksum, isFinished } of records) {
    if (!isFinished)
      throw cliError(
        `Migration ${name} failed or was interrupted. Restore the state of the database before it, delete its row from ` +
          '"_prisma_migrations", and migrate again.',
      )
    if (checksums.get(name)?.includes(checksum) === false)
      throw cliError(
        `Migration ${name} was changed after it was applied. Restore its file and put the change into a new migration.`,
      )
  }
  const recorded = new Set(records.map(({ name }) => name))
  return migrations.filter(({ name }) => !recorded.has(name))
}

/** Records the start of a migration and returns the id of its row. */
export async function recordStart(client: pg.ClientBase, migration: Migration): Promise<string> {
  const id = randomUUID()
  await client.query(
    `insert into "_prisma_migrations" (id, checksum, migration_name, started_at) values ($1, $2, $3, clock_timestamp())`,
    [id, migration.checksum, migration.name],
  )
  return id
}

/** Records that the migration was applied. */
export async function recordFinish(client: pg.ClientBase, id: string): Promise<void> {
  await client.query(
    `update "_prisma_migrations" set finished_at = clock_timestamp(), applied_steps_count = 1 where id = $1`,
    [id],
  )
}

/** Records why the migration failed. */
export async function recordFailure(
  client: pg.ClientBase,
  id: string,
  reason: string,
): Promise<void> {
  await client.query('update "_prisma_migrations" set logs = $2 where id = $1', [id, reason])
}
