import { execFile } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { formatNumber, formatTable } from '@/bench/support/figures'
import { describeMachine } from '@/bench/support/machine'
import { emptyEnvironment, SCRATCH } from '@/tests/support/environment'
import { createCluster } from '@/tools/launcher/postgres/cluster'
import { createFormerDatabase, LAST_RELEASE } from './former-database'
import { type Kind, startRequests } from './requests'

const ACCOUNTS = 100_000
const GOAL_MS = 1_000
const STEADY_MS = 5_000
/** A backup reads the tables for so long while the migration begins. */
const BACKUP_MS = 4_000

type Figures = Awaited<ReturnType<typeof measureMigration>>

/** Measures how long `npm run migrate` holds up requests of the last release. */
export async function measure() {
  const figures = await measureMigration()
  return { report: format(figures), figures }
}

async function measureMigration() {
  const cluster = createCluster(path.join(SCRATCH, 'bench'), { isDurable: true })
  try {
    const { DATABASE_URL: server } = await cluster.start()
    const machine = await describeMachine(server)
    const url = await createFormerDatabase(server, ACCOUNTS)
    const requests = startRequests(url, ACCOUNTS)
    await sleep(STEADY_MS)
    const before = structuredClone(requests.kinds)
    for (const kind of requests.kinds) Object.assign(kind, { count: 0, slowestMs: 0, failed: 0 })
    const start = performance.now()
    await Promise.all([migrate(url), backUp(url)])
    const migrationMs = performance.now() - start
    await requests.stop()
    return { machine, accounts: ACCOUNTS, migrationMs, before, during: requests.kinds }
  } finally {
    await cluster.stop()
  }
}

/** Locks the tables as `pg_dump` does, in whose way the migration then is. */
async function backUp(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`begin isolation level repeatable read;
    lock table "User", "Address", "Session", "Challenge", "Message", "SecurityEvent" in access share mode`)
  await sleep(BACKUP_MS)
  await client.query('commit').finally(() => client.end())
}

async function migrate(DATABASE_URL: string) {
  const env = { ...process.env, ...emptyEnvironment(), DATABASE_URL }
  await promisify(execFile)(process.execPath, ['server/run.mjs', 'migrate'], { env })
}

function format({ machine, accounts, migrationMs, before, during }: Figures): string {
  const slowest = Math.max(...during.map(({ slowestMs }) => slowestMs))
  const failed = during.reduce((sum, kind) => sum + kind.failed, 0)
  return `# A migration under load

Written by \`npm run bench -- migration\`. The figures as numbers: [migration.json](migration.json).

${machine.date} · ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB · PostgreSQL ${machine.postgresql}, fsync ${machine.fsync} ·
load average ${formatNumber(machine.loadAtStart, 2)} before.

A database of the release whose last migration is \`${LAST_RELEASE}\`, with ${formatNumber(accounts)} accounts, is migrated to the
present one (${formatNumber(migrationMs / 1_000, 1)} s), while the statements of that release run at a steady rate, and a backup reads the tables for
the first ${formatNumber(BACKUP_MS / 1_000)} s. Goal: no request waits longer
than ${formatNumber(GOAL_MS)} ms. Slowest: ${formatNumber(slowest)} ms (${slowest <= GOAL_MS ? 'kept' : '**missed**'}); failed: ${failed}.

${formatTable(
  ['request', 'before: count', 'slowest, ms', 'during: count', 'slowest, ms', 'failed'],
  during.map((kind, nth) => row(kind, before[nth])),
)}
`
}

const row = (kind: Kind, before: Kind | undefined) => [
  kind.name,
  formatNumber(before?.count ?? 0),
  formatNumber(before?.slowestMs ?? 0),
  formatNumber(kind.count),
  formatNumber(kind.slowestMs),
  String(kind.failed),
]
