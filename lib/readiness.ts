import { readdir } from 'node:fs/promises'
import { db } from './db'

const MIGRATIONS = 'prisma/migrations'

/** Why this process must not be given requests yet; undefined when the database answers and every migration is applied. */
export async function findObstacle(): Promise<'database_unreachable' | 'migrations_pending' | undefined> {
  const shipped = (await readdir(MIGRATIONS, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  try {
    const applied = await db().$queryRaw<{ name: string }[]>`
      select migration_name as name from "_prisma_migrations" where finished_at is not null and rolled_back_at is null`
    const names = new Set(applied.map(({ name }) => name))
    return shipped.every((name) => names.has(name)) ? undefined : 'migrations_pending'
  } catch (error) {
    return isMissingTable(error) ? 'migrations_pending' : 'database_unreachable'
  }
}

const UNDEFINED_TABLE = '42P01'

const isMissingTable = (error: unknown) => error instanceof Error && error.message.includes(UNDEFINED_TABLE)
