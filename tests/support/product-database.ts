import pg from 'pg'
import { readEnv } from '@/lib/platform/env'
import { emptyEnvironment } from './environment'
import { dataDir } from './running'

const CONNECTIONS = 3

/** The open connections, by the DATA_DIR of their product. */
const pools = new Map<string, pg.Pool>()

/** A row of a query. */
type Row = Record<string, string | number>

/** The rows that a statement returns in the database of the running product. */
export async function query<Found extends Row>(sql: string, values: unknown[] = []) {
  return (await connect().query<Found>(sql, values)).rows
}

/** Connects to the database of the running product. This process uses its keys, which every product of the tests shares. */
export function connect(): pg.Pool {
  const folder = dataDir()
  const pool = pools.get(folder) ?? openDatabase(folder)
  pools.set(folder, pool)
  return pool
}

function openDatabase(folder: string) {
  Object.assign(process.env, emptyEnvironment(), { DATA_DIR: folder })
  const { DATABASE_URL: connectionString } = readEnv(process.env)
  const pool = new pg.Pool({ connectionString, max: CONNECTIONS, allowExitOnIdle: true })
  // The product stops its database before the last hook of a test file.
  pool.on('error', () => {})
  return pool
}
