import pg from 'pg'
import { migrateQueue } from '@/lib/messaging'
import { fault, main } from '@/lib/platform/command'
import { describeDatabaseError } from '@/lib/platform/database-error'
import { databaseUrl } from '@/lib/platform/env'
import { createCluster } from './launcher/postgres/cluster'
import { applyMigrations, diffMigrations } from './migrations/engine'
import { writeMigration } from './migrations/files'

const AUTHORING_DATA = '.test/authoring'
const USAGE =
  'Say which: npm run migrate, npm run migrate:create <name_in_snake_case>, or npm run migrate:check.'

const [, , command, name = ''] = process.argv
const commands = new Map([
  ['deploy', deploy],
  ['create', create],
  ['check', check],
])

/** Brings the database of DATABASE_URL up to date: the product's tables and the queue's. Prints no part of that URL. */
async function deploy() {
  const url = readDatabaseUrl()
  try {
    const applied = await applyMigrations(url)
    await withPool(url, migrateQueue)
    console.log(
      applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The database is up to date.',
    )
  } catch (error) {
    throw fault(
      `The database of DATABASE_URL could not be migrated: ${describeDatabaseError(error, url)}`,
    )
  }
}

function readDatabaseUrl() {
  const text = process.env.DATABASE_URL
  if (!text)
    throw fault(
      'DATABASE_URL is not set. (The embedded database is migrated by "npm start" itself.)',
    )
  const { error } = databaseUrl.safeParse(text)
  if (error) throw fault(`DATABASE_URL ${error.issues[0]?.message}.`)
  return text
}

async function withPool(connectionString: string, work: (pool: pg.Pool) => Promise<void>) {
  const pool = new pg.Pool({ connectionString, max: 1 })
  pool.on('error', () => {})
  await work(pool).finally(() => pool.end())
}

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
