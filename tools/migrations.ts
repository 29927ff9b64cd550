import { cliError, main } from '@/lib/platform/command'
import { createCluster } from './launcher/postgres/cluster'
import { diffMigrations } from './migrations/engine'
import { writeMigration } from './migrations/files'
import { findLocks } from './migrations/locks'

const AUTHORING_DATA = '.test/authoring'
const USAGE = 'Usage: npm run migrate:create <name_in_snake_case>, or npm run migrate:check.'

const [, , command, name = ''] = process.argv
const commands = new Map([
  ['create', create],
  ['check', check],
  ['locks', checkLocks],
])

/**
 * Writes the SQL that the migrations lack compared with schema.prisma into a new migration, for a
 * developer to review.
 */
async function create() {
  if (!/^[a-z0-9_]+$/.test(name))
    throw cliError('The name must be in snake case: npm run migrate:create add_consents')
  const sql = await withDatabaseServer(diffMigrations)
  console.log(
    sql === undefined
      ? 'The migrations match schema.prisma. Nothing was written.'
      : `Wrote ${writeMigration(name, sql, new Date())}`,
  )
}

/** Fails when the migrations and schema.prisma differ. */
async function check() {
  const sql = await withDatabaseServer(diffMigrations)
  if (sql !== undefined)
    throw cliError(`The migrations differ from schema.prisma. Missing SQL:\n\n${sql}`)
  console.log('The migrations match schema.prisma.')
}

/** Fails when a migration rewrites a table, or locks one for longer than a moment. */
async function checkLocks() {
  const faults = findLocks('prisma/migrations')
  if (faults.length > 0)
    throw cliError(
      `Migrations that stop a running product (docs/operations.md):\n${faults.join('\n')}`,
    )
}

async function withDatabaseServer<Value>(work: (databaseUrl: string) => Promise<Value>) {
  if (process.env.DATABASE_URL) return work(process.env.DATABASE_URL)
  const cluster = createCluster(AUTHORING_DATA, { isDurable: false })
  try {
    return await work((await cluster.start()).DATABASE_URL)
  } finally {
    await cluster.stop()
  }
}

await main(async () => {
  const run = commands.get(command ?? '')
  if (!run) throw cliError(USAGE)
  await run()
})
// The schema engine leaves a timer of ten seconds, which would keep the process running.
process.exit()
