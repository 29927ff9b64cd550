import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { emptyEnvironment, SCRATCH } from '@/tests/support/environment'
import { createCluster } from '@/tools/launcher/postgres/cluster'

const TEMPLATE = 'bench_template'

/**
 * A PostgreSQL server and the product's secrets. `create` makes a migrated database and returns its
 * URL.
 */
export type DatabaseServer = {
  secrets: Record<string, string>
  create(name: string): Promise<string>
  stop(): Promise<void>
}

/**
 * Starts a PostgreSQL with its own data. As in production, every commit waits for the disk (fsync).
 */
export async function startServer(): Promise<DatabaseServer> {
  const cluster = createCluster(path.join(SCRATCH, 'bench'), { isDurable: true })
  try {
    const { DATABASE_URL, ...secrets } = await cluster.start()
    const template = await create(DATABASE_URL, TEMPLATE)
    const env = { ...process.env, ...emptyEnvironment(), DATABASE_URL: template }
    await promisify(execFile)(process.execPath, ['server/run.mjs', 'migrate'], { env })
    return { secrets, create: (name) => create(DATABASE_URL, name, TEMPLATE), stop: cluster.stop }
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
