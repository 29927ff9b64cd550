import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { findPort } from '../support/product'

const run = promisify(execFile)
const ROOT = '/usr/lib/postgresql'

/** The user of every server, a superuser without a password. */
export const USER = 'recovery_account'

/** A server of the Debian package `postgresql`, with its client programs. */
export type DebianPostgres = {
  /** The connection URL of a database of that name. */
  urlOf(database: string): string
  /** Runs one of the package's programs, such as pg_dump, and returns what it printed. */
  program(name: string, ...args: string[]): Promise<string>
  stop(): Promise<void>
}

export type Programs = ReturnType<typeof findPrograms>

/** Throws with the name of the package when it is not installed. */
export async function startDebianPostgres(): Promise<DebianPostgres> {
  const programs = findPrograms()
  const folder = newServerFolder()
  const port = await findPort()
  const data = path.join(folder, 'data')
  await programs.asOwner('initdb', '-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8')
  await startServer(programs, { folder, port, settings: [] })
  return {
    urlOf: (database) => urlAt(port, database),
    program: programs.program,
    async stop() {
      await programs.asOwner('pg_ctl', 'stop', '-w', '-m', 'immediate', '-D', data)
      rmSync(folder, { recursive: true })
    },
  }
}

export const urlAt = (port: number, database: string): string =>
  `postgresql://${USER}@127.0.0.1:${port}/${database}`

/** A folder for a server, which the user of PostgreSQL may enter. */
export function newServerFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'postgres-'))
  chmodSync(folder, 0o777)
  return folder
}

type Server = { folder: string; port: number; settings: readonly string[] }

/** Starts the server whose data are in `folder`/data. */
export async function startServer({ asOwner }: Programs, { folder, port, settings }: Server) {
  const given = [`listen_addresses=127.0.0.1`, 'fsync=off', ...settings]
  const options = [`-p ${port} -k ${folder}`, ...given.map((one) => `-c ${one}`)].join(' ')
  const args = ['-D', path.join(folder, 'data'), '-o', options, '-l', path.join(folder, 'log')]
  await asOwner('pg_ctl', 'start', '-w', ...args)
}

/** The programs of the package, as this user or as the one who owns the data. */
export function findPrograms() {
  const [version] = existsSync(ROOT) ? readdirSync(ROOT).sort().reverse() : []
  const folder = path.join(ROOT, version ?? '', 'bin')
  if (version === undefined || !existsSync(path.join(folder, 'initdb')))
    throw new Error('postgresql is missing. Install the package: apt-get install postgresql')
  // The server refuses to run as root; the package makes this user.
  const isRoot = process.getuid?.() === 0
  const owner = ['--reuid=postgres', '--regid=postgres', '--clear-groups']
  return {
    program: async (name: string, ...args: string[]) =>
      (await run(path.join(folder, name), args)).stdout,
    asOwner: (name: string, ...args: string[]) =>
      isRoot
        ? run('setpriv', [...owner, path.join(folder, name), ...args])
        : run(path.join(folder, name), args),
  }
}
