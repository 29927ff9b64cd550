import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import { codeOf, fault } from '@/lib/platform/command'

const LAUNCHER_LOCK = 7_265_634
const TRIES = 20
const BETWEEN_TRIES_MS = 50
const WRONG_PASSWORD = '28P01'
const NOT_YET = ['ECONNREFUSED', 'ECONNRESET', '57P03']
/** What pg says, without a code, of a connection that PostgreSQL drops while it is being made. */
const DROPPED = /^Connection terminated/

/** Connects to the maintenance database; undefined while PostgreSQL starts up or shuts down. */
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
    if (isNotYet(error)) return undefined
    if (codeOf(error) === WRONG_PASSWORD)
      throw fault(
        'The password in embedded.json is not that of the database beside it. Restore the right file, or delete the whole DATA_DIR.',
      )
    throw error
  }
}

function isNotYet(error: unknown) {
  return (
    NOT_YET.includes(codeOf(error) ?? '') || (error instanceof Error && DROPPED.test(error.message))
  )
}

/**
 * Makes this process the one launcher of the cluster, as long as `client` is connected. The database gives the lock back
 * the moment a launcher dies, however it dies.
 */
export async function holdCluster(client: pg.Client, dataDir: string) {
  for (let tries = 0; tries < TRIES; tries++) {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as "isHeld"', [
      LAUNCHER_LOCK,
    ])
    if (rows[0].isHeld) return
    await sleep(BETWEEN_TRIES_MS)
  }
  throw fault(
    `The product already runs on ${dataDir} (${await findHolder(client)}). Stop that one first, or give this one its own folder and port:\n` +
      'DATA_DIR=.data-2 PORT=3001 npm start',
  )
}

/** Makes the product's own database, once. */
export async function createDatabase(client: pg.Client, databaseUrl: string) {
  const name = new URL(databaseUrl).pathname.slice(1)
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
  if (!rowCount) await client.query(`create database ${pg.escapeIdentifier(name)}`)
}

const Holder = z.array(z.object({ name: z.string() }))

async function findHolder(client: pg.Client) {
  const { rows } = await client.query(
    `select application_name as name from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and objid = $1 and granted`,
    [LAUNCHER_LOCK],
  )
  return Holder.parse(rows)[0]?.name ?? 'another launcher'
}
