import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod'
import { startProcess } from '@/bench/support/processes'
import { SCRATCH } from '@/tests/support/environment'
import { findPort } from '@/tests/support/product'
import { CONNECTIONS } from './environment'
import type { WebServer } from './product'

const SOURCES = 'bench/web/peer'
const NEXT = 'node_modules/next/dist/bin/next'
/** Packages that the peer has in the version of the product. */
const SHARED = ['next', 'react', 'react-dom', 'pg', '@node-rs/argon2']
const SECRET = 'a secret of the benchmark, which protects nothing'

const FOLDER = path.resolve(SCRATCH, 'bench-peer')
const STAMP = path.join(FOLDER, 'built.sha256')

const run = promisify(execFile)

/** Installs and builds the peer, unless that was done before with the same sources. */
export async function preparePeer(): Promise<void> {
  const hash = hashSources()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return
  mkdirSync(FOLDER, { recursive: true })
  cpSync(SOURCES, FOLDER, { recursive: true })
  writeFileSync(path.join(FOLDER, 'package.json'), describePackages())
  await run('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], { cwd: FOLDER })
  await run(process.execPath, [NEXT, 'build'], {
    cwd: FOLDER,
    env: { ...process.env, ...environmentOf('postgresql://127.0.0.1/none', 1) },
  })
  writeFileSync(STAMP, hash)
}

/** The packages of the peer, and those that it shares with the product. */
function describePackages() {
  const own = Packages.parse(readJson(path.join(SOURCES, 'package.json')))
  const { dependencies } = Packages.parse(readJson('package.json'))
  const shared = SHARED.map((name) => [name, dependencies[name]])
  return JSON.stringify({
    ...own,
    dependencies: { ...own.dependencies, ...Object.fromEntries(shared) },
  })
}

const Packages = z.looseObject({ dependencies: z.record(z.string(), z.string()) })
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

function hashSources() {
  const hash = createHash('sha256').update(describePackages())
  const files = readdirSync(SOURCES, { recursive: true, withFileTypes: true })
  for (const file of files.filter((entry) => entry.isFile()))
    hash.update(file.name).update(readFileSync(path.join(file.parentPath, file.name)))
  return hash.digest('hex')
}

/** The version of the peer that is installed. */
export function peerVersion(): string {
  const file = path.join(FOLDER, 'node_modules/better-auth/package.json')
  return z.looseObject({ version: z.string() }).parse(readJson(file)).version
}

/** Creates the peer's tables. */
export async function migratePeer(databaseUrl: string): Promise<void> {
  const env = { ...process.env, ...environmentOf(databaseUrl, 1) }
  await run(process.execPath, ['migrate.mjs'], { cwd: FOLDER, env })
}

/** Starts the web process of the peer. */
export async function startPeer(databaseUrl: string): Promise<WebServer> {
  const port = await findPort()
  const { pid, stop } = await startProcess({
    args: [path.join(FOLDER, 'server.mjs')],
    environment: environmentOf(databaseUrl, port),
  })
  return { origin: `http://localhost:${port}`, pid, stop }
}

const environmentOf = (databaseUrl: string, port: number) => ({
  NODE_ENV: 'production' as const,
  NEXT_TELEMETRY_DISABLED: '1',
  PORT: String(port),
  DATABASE_URL: databaseUrl,
  DATABASE_POOL: String(CONNECTIONS),
  BETTER_AUTH_URL: `http://localhost:${port}`,
  BETTER_AUTH_SECRET: SECRET,
})
