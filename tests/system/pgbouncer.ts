import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { vi } from 'vitest'
import { newFolder } from '../support/environment'
import { findPort } from '../support/product'
import { named } from './packages'

const PATIENCE = { timeout: 10_000, interval: 50 }
/** Far fewer than the web process has: a transaction often gets another session than the last one. */
const SESSIONS = 4

/** The role of the web processes. */
export const WEB = 'recovery_account_web'
const PASSWORD = 'sandi-pgbouncer'

export type Pooler = { url: string; stop(): Promise<void> }

/** Makes the role of the web processes as deploy/pgbouncer/ and docs/operations.md say. */
async function makeRole(databaseUrl: string) {
  await ask(databaseUrl, readFileSync('deploy/pgbouncer/roles.sql', 'utf8'))
  await ask(databaseUrl, `alter role ${WEB} password '${PASSWORD}'`)
  const [role] = await ask(
    databaseUrl,
    `select rolpassword from pg_authid where rolname = '${WEB}'`,
  )
  return `"${WEB}" "${role?.rolpassword}"\n`
}

/** Starts Debian's PgBouncer with the configuration of deploy/ in front of a database. */
export async function startPooler(databaseUrl: string): Promise<Pooler> {
  const { pathname } = new URL(databaseUrl)
  const [port, folder] = [await findPort(), path.resolve(newFolder('pgbouncer'))]
  writeFileSync(path.join(folder, 'users.txt'), await makeRole(databaseUrl))
  const file = path.join(folder, 'pgbouncer.ini')
  writeFileSync(file, localConfiguration(folder, databaseUrl, port))
  // It refuses to run as root.
  chmodSync(folder, 0o777)
  const child = await run(file)
  const url = `postgresql://${WEB}:${PASSWORD}@127.0.0.1:${port}${pathname}`
  await vi.waitFor(() => ask(url, 'select 1'), PATIENCE)
  return {
    url,
    async stop() {
      await end(child)
      rmSync(folder, { recursive: true })
    },
  }
}

/** The file of deploy/ with the addresses and folders of this test, and few sessions. */
function localConfiguration(folder: string, databaseUrl: string, port: number) {
  const { hostname, port: serverPort, pathname } = new URL(databaseUrl)
  const settings: Record<string, string | number> = {
    [pathname.slice(1)]: `host=${hostname} port=${serverPort}`,
    listen_port: port,
    default_pool_size: SESSIONS,
    auth_file: path.join(folder, 'users.txt'),
    logfile: path.join(folder, 'log'),
    pidfile: path.join(folder, 'pid'),
  }
  const lines = readFileSync('deploy/pgbouncer/pgbouncer.ini', 'utf8')
    .replace('recovery_account =', `${pathname.slice(1)} =`)
    .replace(/^(\w+) = .*$/gm, (line, name) =>
      name in settings ? `${name} = ${settings[name]}` : line,
    )
  return `${lines}admin_users = ${WEB}\nunix_socket_dir =\n`
}

/** Runs one statement on a connection of its own, and returns its rows. */
export async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
    .query(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

async function run(settings: string) {
  const isRoot = process.getuid?.() === 0
  const args = [...(isRoot ? ['-u', 'nobody'] : []), settings]
  const child = spawn('pgbouncer', args, { stdio: 'ignore' })
  await once(child, 'spawn').catch(named('pgbouncer'))
  // A test that fails in its hooks leaves no server behind.
  process.once('exit', () => child.kill('SIGKILL'))
  return child
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
