import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { emptyEnvironment, SCRATCH } from '@/tests/support/environment'
import { createCluster } from '@/tools/launcher/postgres/cluster'

const TEMPLATE = 'bench_template'

/** A server, the product's secrets on it, and as many migrated databases as are asked for. */
export type Server = {
  secrets: Record<string, string>
  create(name: string): Promise<string>
  stop(): Promise<void>
}

/** A PostgreSQL of its own that keeps its promises as a production one does: it waits for the disk at every commit. */
export async function startServer(): Promise<Server> {
  const cluster = createCluster(path.join(SCRATCH, 'bench'), { isDurable: true })
  try {
    const { DATABASE_URL, ...secrets } = await cluster.start()
    const template = await create(DATABASE_URL, TEMPLATE)
    const env = { ...process.env, ...emptyEnvironment(), DATABASE_URL: template }
    await promisify(execFile)(process.execPath, ['tools/run.mjs', 'migrate'], { env })
    return { secrets, create: (name) => create(DATABASE_URL, name, TEMPLATE), stop: cluster.stop }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

/** Its files are on the disk before it is used, so that nothing that went before is written during a measurement. */
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
