import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { inject } from 'vitest'
import type { FakeProviders } from '../support/fake-providers'
import { findPort } from '../support/product'
import { environmentOf } from '../support/provider-environment'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy'

/** The files of a production host. */
const SHIPPED = [
  '.next',
  '.npmrc',
  'dist',
  'next.config.mjs',
  'package-lock.json',
  'package.json',
  'prisma/migrations',
  'server/prepare.mjs',
  'server/run.mjs',
]
/** The caches of a build, which a production host does not need. */
const FOR_BUILDS = /\.next\/(build|cache|dev|turbopack|types)$/

const run = promisify(execFile)

type Output = { stdout: string; stderr: string }

/** The product as an operator installs it: no development package, and a database behind a network. */
export type ProductionHost = {
  folder: string
  base: string
  network: TcpProxy
  /** What web and worker have written. */
  readLog(): string
  command(name: string, ...args: string[]): Promise<Output>
  /** Ends the processes. Returns their exit codes. */
  stop(): Promise<(number | null)[]>
}

export async function startProductionHost(
  fakes: FakeProviders,
  given: Record<string, string>,
): Promise<ProductionHost> {
  // Outside of the checkout, because Node would find its packages.
  const folder = mkdtempSync(path.join(tmpdir(), 'production-'))
  const secrets = JSON.parse(
    readFileSync(path.join(inject('product').dataDir, 'embedded.json'), 'utf8'),
  )
  const server = new URL(secrets.DATABASE_URL)
  const database = `test_${randomBytes(8).toString('hex')}`
  const network = await startTcpProxy({ host: server.hostname, port: Number(server.port) })
  const port = String(await findPort())
  const base = `http://localhost:${port}`
  const url = Object.assign(new URL(server), {
    port: String(network.port),
    pathname: `/${database}`,
  })
  const { AUTH_SECRET, SEALING_KEYS, HASHING_KEYS } = secrets
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH ?? '',
    TMPDIR: path.join(folder, 'there-is-none'),
    NODE_ENV: 'production',
    DATABASE_URL: url.href,
    PORT: port,
    APP_ORIGIN: base,
    TRUSTED_PROXY_HOPS: '1',
    ...{ AUTH_SECRET, SEALING_KEYS, HASHING_KEYS },
    ...environmentOf(fakes.url),
    ...given,
  }
  const command = (name: string, ...args: string[]) =>
    run(process.execPath, ['server/run.mjs', name, ...args], { cwd: folder, env })
  await Promise.all([install(folder), onServer(server, `create database ${database}`)])
  await command('migrate')
  const written: string[] = []
  const processes = await Promise.all(
    ['web', 'worker'].map((name) => startProcess(name, { folder, env, written })),
  )
  return {
    folder,
    base,
    network,
    command,
    readLog: () => written.join(''),
    async stop() {
      const ended = processes.map((child) => once(child, 'exit'))
      for (const child of processes) child.kill('SIGTERM')
      const codes = (await Promise.all(ended)).map(([code]) => code)
      await network.close()
      await onServer(server, `drop database ${database} with (force)`)
      rmSync(folder, { recursive: true })
      return codes
    },
  }
}

async function install(folder: string) {
  for (const entry of SHIPPED)
    cpSync(entry, path.join(folder, entry), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !FOR_BUILDS.test(source),
    })
  await run('npm', ['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline'], { cwd: folder })
}

async function onServer(server: URL, sql: string) {
  const client = new pg.Client({ connectionString: server.href })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

type Place = { folder: string; env: NodeJS.ProcessEnv; written: string[] }

async function startProcess(name: string, { folder, env, written }: Place): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['server/run.mjs', name], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const own: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      own.push(text)
      written.push(text)
    })
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${name} ended before it was ready: ${own.join('')}`)
  })
  await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  return child
}
