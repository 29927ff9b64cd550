import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { emptyEnvironment, SCRATCH } from '@/tests/support/environment'
import { createCluster } from '@/tools/launcher/postgres/cluster'
import { dataFolder } from '@/tools/launcher/postgres/initialise'
import { findPostmaster } from '@/tools/launcher/postgres/postmaster'

const TEMPLATE = 'bench_template'
const DATA = path.join(SCRATCH, 'bench')

/**
 * A PostgreSQL server and the product's secrets. `create` makes a migrated database and returns its
 * URL; `createEmpty` one without tables. `pid` is the first process of the server.
 */
export type DatabaseServer = {
  secrets: Record<string, string>
  pid: number
  create(name: string): Promise<string>
  createEmpty(name: string): Promise<string>
  stop(): Promise<void>
}

/**
 * Starts a PostgreSQL with its own data. As in production, every commit waits for the disk (fsync).
 */
export async function startServer(): Promise<DatabaseServer> {
  const cluster = createCluster(DATA, { isDurable: true })
  try {
    const { DATABASE_URL, ...secrets } = await cluster.start()
    const template = await create(DATABASE_URL, TEMPLATE)
    const env = { ...process.env, ...emptyEnvironment(), DATABASE_URL: template }
    await promisify(execFile)(process.execPath, ['server/run.mjs', 'migrate'], { env })
    return {
      secrets,
      pid: findPostmaster(path.resolve(dataFolder(DATA)))?.pid ?? Number.NaN,
      create: (name) => create(DATABASE_URL, name, TEMPLATE),
      createEmpty: (name) => create(DATABASE_URL, name),
      stop: cluster.stop,
    }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

/**
 * The checkpoint writes the new files to the disk now, so that they are not written during a
 * measurement.
 */
async function create(serverUrl: string, name: string, template = 'template1') {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`drop database if exists ${name} with (force)`)
  await client.query(`create database ${name} template ${template}`)
  await client.query('checkpoint')
  await client.end()
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
