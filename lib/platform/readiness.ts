import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from './command'
import { isUnclosedRestore } from './database-identity'
import { db, pool } from './db'
import { env } from './env'
import { refusedKeys } from './key-recorder'
import { findKeyFaults } from './key-use'
import { log } from './log'
import { gaugeOf } from './metrics'
import { findMissingLimits } from './session-limits'

const MIGRATIONS = 'prisma/migrations'

/**
 * A provider counts as faulty for this long after its last refusal. A worker checks it again every
 * minute.
 */
const FRESH_MS = 15 * 60 * 1_000

/** Shorter than the timeout of a load balancer's check. */
const CHECK_LIMIT_MS = 2_000

/**
 * Writes what a page would: a row, whose commit reaches the disk and a synchronous standby, and a
 * temporary file of a megabyte, because a small row may still find room on a full disk. PostgreSQL
 * runs several statements of one message as one transaction.
 */
const WRITE = (processId: string) => `
  SET LOCAL work_mem = '64kB';
  SELECT count(*) FROM unnest(array_fill(repeat('x', 1000), ARRAY[1000]));
  INSERT INTO "ReadinessCheck" ("processId", at) VALUES ('${processId}', now())
    ON CONFLICT ("processId") DO UPDATE SET at = excluded.at`

/** Why a write failed, by the code of PostgreSQL. */
const WRITE_FAULTS: Record<string, string> = {
  '25006': 'database_read_only',
  '53100': 'database_disk_full',
  '53400': 'database_disk_full',
}

const UNREACHABLE = 'database_unreachable'
const UNCLOSED = 'restore_not_closed'

/**
 * How long a process that starts waits for its first check, which opens the first connections and
 * loads the query compiler. On a busy machine that takes longer than a load balancer waits.
 */
const FIRST_CHECK_LIMIT_MS = 5_000

/** Anybody may ask, and each check writes: one in this time is enough. */
const FRESH_CHECK_MS = 1_000

const processId = randomUUID()

/**
 * Whether this process can take requests, and a short text for the operator. `missingLimits`: how many
 * time limits PostgreSQL does not keep, if that is known.
 */
export type Readiness = { isReady: boolean; words: string; missingLimits?: number }

type Check = { startedAt: number; isDone: boolean; result: Promise<Readiness> }

let latest: Check | undefined
let wasReady = true

/**
 * Ready when within 2 s every migration is applied, the database takes a write, it is not a restored
 * one that nobody has closed, and this process has every key that stored rows need. What concerns
 * every process is only named, because a load balancer that removed all of them would close the whole
 * shop: a provider that refuses our key, sender or account, and a time limit that PostgreSQL does not
 * keep. Calls within a second share one check.
 */
export async function readReadiness(now: Date): Promise<Readiness> {
  const { result } = findFresh() ?? start(now)
  const tooSlow = { isReady: false, words: UNREACHABLE }
  const readiness = await Promise.race([result, sleep(CHECK_LIMIT_MS, tooSlow, { ref: false })])
  if (readiness.isReady !== wasReady) tellChange(readiness)
  return readiness
}

/**
 * Makes the first check of a process that takes no connections yet. It returns when the check ends,
 * whatever it finds, and after 5 s at the latest.
 */
export async function makeFirstCheck(): Promise<void> {
  const { result } = start(new Date())
  await Promise.race([result, sleep(FIRST_CHECK_LIMIT_MS, undefined, { ref: false })])
}

/** Adds the gauges of readiness. Reading them makes a check, as a load balancer does. */
export function showReadiness(): void {
  const read = () => readReadiness(new Date())
  gaugeOf('ready', '1 while this process can take requests, else 0', [], async () => [
    { value: (await read()).isReady ? 1 : 0 },
  ])
  const help = 'Time limits that PostgreSQL does not keep for the role of this process'
  gaugeOf('database_limits_missing', help, [], async () => {
    const { missingLimits } = await read()
    return missingLimits === undefined ? [] : [{ value: missingLimits }]
  })
}

function findFresh() {
  if (!latest) return undefined
  const limit = latest.isDone ? FRESH_CHECK_MS : CHECK_LIMIT_MS
  return performance.now() - latest.startedAt <= limit ? latest : undefined
}

function start(now: Date): Check {
  const started: Check = { startedAt: performance.now(), isDone: false, result: check(now) }
  latest = started
  const end = () => {
    started.isDone = true
  }
  started.result.then(end, end)
  return started
}

function tellChange({ isReady, words }: Readiness) {
  wasReady = isReady
  if (isReady) log.info({ event: 'ready_again' })
  else log.error({ event: 'not_ready', reason: words })
}

async function check(now: Date): Promise<Readiness> {
  const obstacle = (await findDatabaseObstacle()) ?? (await findWriteFault())
  const refused = refusedKeys()
  if (refused.length > 0) return { isReady: false, words: refused.join(', ') }
  if (obstacle) return { isReady: false, words: obstacle }
  if (await isUnclosedRestore(pool()).catch(() => false)) return { isReady: false, words: UNCLOSED }
  const keyFaults = await findKeyFaults(pool()).catch(() => [UNREACHABLE])
  if (keyFaults.length > 0) return { isReady: false, words: keyFaults.join(', ') }
  // A value that only a later version knows cannot be read. It must not take the page away.
  const [faults, limits] = await Promise.all([
    findProviderFaults(now).catch(() => []),
    findMissingLimits().catch(() => undefined),
  ])
  const words = [
    ...faults.map(({ provider, refuses }) => `${provider} refuses its ${refuses}`),
    ...(limits ?? []).map((limit) => `the database role has no ${limit}`),
  ].join(', ')
  return {
    isReady: true,
    words: words ? `ready, but ${words}` : 'ready',
    ...(limits && { missingLimits: limits.length }),
  }
}

/** Why the database cannot be used; undefined when it answers and every migration is applied. */
export async function findDatabaseObstacle(): Promise<
  typeof UNREACHABLE | 'migrations_pending' | undefined
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
    return isMissingTable(error) ? 'migrations_pending' : UNREACHABLE
  }
}

async function findWriteFault() {
  try {
    await pool().query(WRITE(processId))
    return undefined
  } catch (error) {
    return WRITE_FAULTS[codeOf(error) ?? ''] ?? UNREACHABLE
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
