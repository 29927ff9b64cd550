import { fault, main } from '@/lib/platform/command'
import { createCluster } from './launcher/postgres/cluster'
import { diffMigrations } from './migrations/engine'
import { writeMigration } from './migrations/files'

const AUTHORING_DATA = '.test/authoring'
const USAGE = 'Say which: npm run migrate:create <name_in_snake_case>, or npm run migrate:check.'

const [, , command, name = ''] = process.argv
const commands = new Map([
  ['create', create],
  ['check', check],
])

/** Writes the SQL that leads from the migrations to schema.prisma into a new migration, to be read and completed by hand. */
async function create() {
  if (!/^[a-z0-9_]+$/.test(name))
    throw fault('Name the migration in snake case: npm run migrate:create add_consents')
  const sql = await onAnyServer(diffMigrations)
  console.log(
    sql === undefined ? 'Nothing to migrate.' : `Wrote ${writeMigration(name, sql, new Date())}`,
  )
}

/** Fails when the migrations and schema.prisma do not say the same. */
async function check() {
  const sql = await onAnyServer(diffMigrations)
  if (sql !== undefined) throw fault(`The migrations lack what schema.prisma says:\n\n${sql}`)
  console.log('The migrations and schema.prisma say the same.')
}

async function onAnyServer<Value>(work: (databaseUrl: string) => Promise<Value>) {
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
  if (!run) throw fault(USAGE)
  await run()
})
// The engine leaves a timer of ten seconds behind.
process.exit()
