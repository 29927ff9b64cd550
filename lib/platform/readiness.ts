import { readdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { db } from './db'
import { env } from './env'

const MIGRATIONS = 'prisma/migrations'

/**
 * A provider counts as faulty for this long after its last refusal. A worker checks it again every
 * minute.
 */
const FRESH_MS = 15 * 60 * 1_000

/** Shorter than the timeout of a load balancer's check. */
const CHECK_LIMIT_MS = 2_000

/** Whether this process can take requests, and a short text for the operator. */
export type Readiness = { isReady: boolean; words: string }

/**
 * Ready when the database answers within 2 s and every migration is applied. A provider that
 * refuses our key, sender or account is only named: it refuses every process, and a load balancer
 * that removed all of them would close the whole shop.
 */
export function readReadiness(now: Date): Promise<Readiness> {
  const tooSlow = { isReady: false, words: 'database_unreachable' }
  return Promise.race([check(now), sleep(CHECK_LIMIT_MS, tooSlow, { ref: false })])
}

async function check(now: Date): Promise<Readiness> {
  const obstacle = await findDatabaseObstacle()
  if (obstacle) return { isReady: false, words: obstacle }
  // A value that only a later version knows cannot be read. It must not take the page away.
  const faults = await findProviderFaults(now).catch(() => [])
  const words = faults
    .map(({ provider, refuses }) => `${provider} refuses its ${refuses}`)
    .join(', ')
  return { isReady: true, words: words ? `ready, but ${words}` : 'ready' }
}

/** Why the database cannot be used; undefined when it answers and every migration is applied. */
export async function findDatabaseObstacle(): Promise<
  'database_unreachable' | 'migrations_pending' | undefined
> {
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

/** Only of providers that are configured now. */
function findProviderFaults(now: Date) {
  const { EMAIL_PROVIDERS = [], SMS_PROVIDERS = [] } = env()
  return db().providerFault.findMany({
    where: {
      provider: { in: [...EMAIL_PROVIDERS, ...SMS_PROVIDERS] },
      seenAt: { gt: new Date(now.getTime() - FRESH_MS) },
    },
    orderBy: { provider: 'asc' },
  })
}

const UNDEFINED_TABLE = '42P01'

const isMissingTable = (error: unknown) =>
  error instanceof Error && error.message.includes(UNDEFINED_TABLE)
