import { readdir } from 'node:fs/promises'
import { db } from './db'
import { env } from './env'

const MIGRATIONS = 'prisma/migrations'

/** So long after a provider last refused us it counts as faulty. A worker asks it again every minute. */
const FRESH_MS = 15 * 60 * 1_000

/**
 * Why this process must not be given requests yet; undefined when the database answers, every migration is applied, and no
 * provider refuses our key or our sender, which would leave customers without their codes.
 */
export async function findObstacle(now: Date): Promise<string | undefined> {
  return (await findDatabaseObstacle()) ?? (await findProviderFaults(now))
}

/** Why the database cannot be used; undefined when it answers and every migration is applied. */
export async function findDatabaseObstacle(): Promise<'database_unreachable' | 'migrations_pending' | undefined> {
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

/** Of the providers that are configured now: a fault of another one is nobody's any more. */
async function findProviderFaults(now: Date) {
  const { EMAIL_PROVIDERS = [], SMS_PROVIDERS = [] } = env()
  const faults = await db().providerFault.findMany({
    where: { provider: { in: [...EMAIL_PROVIDERS, ...SMS_PROVIDERS] }, seenAt: { gt: new Date(now.getTime() - FRESH_MS) } },
    orderBy: { provider: 'asc' },
  })
  return faults.map(({ provider, refuses }) => `${provider} refuses its ${refuses}`).join(', ') || undefined
}

const UNDEFINED_TABLE = '42P01'

const isMissingTable = (error: unknown) => error instanceof Error && error.message.includes(UNDEFINED_TABLE)
