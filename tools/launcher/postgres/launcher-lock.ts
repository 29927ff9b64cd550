import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import * as z from 'zod'
import { cliError, codeOf } from '@/lib/platform/command'

const LOCK_KEY = 7_265_634
const LOCK_ATTEMPTS = 20
const RETRY_INTERVAL_MS = 50
const WRONG_PASSWORD = '28P01'
const NOT_READY = ['ECONNREFUSED', 'ECONNRESET', '57P03']
/** The message of pg, without a code, when PostgreSQL closes a connection during its set-up. */
const DROPPED = /^Connection terminated/

/**
 * Connects to the maintenance database. Returns undefined while PostgreSQL starts or stops; throws
 * when the password is wrong.
 */
export async function tryConnect(
  databaseUrl: string,
  port: number,
): Promise<pg.Client | undefined> {
  const url = new URL(databaseUrl)
  url.pathname = '/postgres'
  url.port = String(port)
  const client = new pg.Client({
    connectionString: url.href,
    application_name: `launcher ${process.pid}`,
  })
  try {
    await client.connect()
    return client
  } catch (error) {
    if (isNotReady(error)) return undefined
    if (codeOf(error) === WRONG_PASSWORD)
      throw cliError(
        'The password in embedded.json does not match the database in the same folder. Restore the right file, or delete the whole DATA_DIR.',
      )
    throw error
  }
}

function isNotReady(error: unknown) {
  return (
    NOT_READY.includes(codeOf(error) ?? '') ||
    (error instanceof Error && DROPPED.test(error.message))
  )
}

/**
 * Acquires the advisory lock of the only launcher of this cluster; throws when another launcher has
 * it for a second. PostgreSQL releases it when `client` disconnects, also when the launcher is
 * killed.
 */
export async function acquireLauncherLock(client: pg.Client, dataDir: string) {
  for (let attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as "isAcquired"', [
      LOCK_KEY,
    ])
    if (rows[0].isAcquired) return
    await sleep(RETRY_INTERVAL_MS)
  }
  throw cliError(
    `The product already runs on ${dataDir} (${await findLockHolder(client)}). Stop it first, or start this one with another folder and port:\n` +
      'DATA_DIR=.data-2 PORT=3001 npm start',
  )
}

/** Creates the product's database unless it exists. */
export async function createDatabase(client: pg.Client, databaseUrl: string) {
  const name = new URL(databaseUrl).pathname.slice(1)
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
  if (!rowCount) await client.query(`create database ${pg.escapeIdentifier(name)}`)
}

const LockHolders = z.array(z.object({ name: z.string() }))

async function findLockHolder(client: pg.Client) {
  const { rows } = await client.query(
    `select application_name as name from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and objid = $1 and granted`,
    [LOCK_KEY],
  )
  return LockHolders.parse(rows)[0]?.name ?? 'another launcher'
}
