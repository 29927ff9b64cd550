import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { hashMigrations } from '@/tools/migrations/files'
import { emptyEnvironment, newFolder, SCRATCH } from './environment'

/** A message as the local inbox shows it. */
export type InboxMessage = {
  id: string
  channel: 'sms' | 'email'
  to: string
  subject?: string
  text: string
  html?: string
  kind: string
  createdAt: string
}

/** The running product, as somebody starts it. */
export type Product = {
  origin: string
  dataDir: string
  /** What it wrote to its standard output and error until now. */
  readLog(): string
  /** What the local inbox received for an address, newest first. */
  inbox(to: string): Promise<InboxMessage[]>
  /** Moves the product's clock on. It is a process's own clock: PostgreSQL's stays. */
  advanceClock(milliseconds: number): Promise<void>
  /** SIGTERM, and its exit code when all of it has ended; its data is then removed. */
  stop(): Promise<number | null>
}

const SIGHT_MS = 100
const CLOCK = pathToFileURL('tests/support/clock.mjs').href

/** The data of a first start, from which the others take theirs: a third of the time of making them anew. */
const FIRST = path.join(SCRATCH, `first-${hashMigrations().slice(0, 16)}`)

/** Starts the whole product on a free port with data of its own: database, web and worker. */
export async function startProduct({
  env = {},
}: {
  env?: Record<string, string>
} = {}): Promise<Product> {
  await makeFirstData()
  const dataDir = newFolder('product')
  // PostgreSQL's data keep their owner, who is not always the one of the tests.
  execFileSync('cp', ['-a', `${FIRST}/.`, dataDir])
  const { end, ...product } = await launch(dataDir, env)
  return {
    ...product,
    stop: () => end().finally(() => rmSync(dataDir, { recursive: true, force: true })),
  }
}

async function makeFirstData() {
  if (existsSync(FIRST)) return
  const { dataDir, end } = await launch(newFolder('draft'), {})
  await end()
  renameSync(dataDir, FIRST)
}

async function launch(dataDir: string, env: Record<string, string>) {
  const port = await findPort()
  const origin = `http://localhost:${port}`
  const clock = path.join(dataDir, 'clock')
  const child = spawn(process.execPath, ['tools/run.mjs', 'start', '--no-fsync'], {
    env: {
      ...process.env,
      ...emptyEnvironment(),
      ...clockOptions(clock),
      PORT: String(port),
      DATA_DIR: dataDir,
      ...(env.DATABASE_URL && { APP_ORIGIN: origin }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const exited = once(child, 'exit').then(([code]): number | null => code)
  const isReady = await Promise.race([
    once(child, 'message').then(() => true),
    exited.then(() => false),
  ])
  if (!isReady) throw new Error(`the product did not start:\n${output.join('')}`)
  return {
    origin,
    dataDir,
    readLog: () => output.join(''),
    inbox: (to: string) => readInbox(origin, to),
    advanceClock: (milliseconds: number) => advance(clock, milliseconds),
    end: () => {
      child.kill('SIGTERM')
      return exited
    },
  }
}

export async function readInbox(origin: string, to: string): Promise<InboxMessage[]> {
  const response = await fetch(`${origin}/dev/inbox.json?to=${encodeURIComponent(to)}`)
  return response.json()
}

function clockOptions(clock: string) {
  writeFileSync(clock, '0')
  return { NODE_OPTIONS: `--import ${CLOCK}`, CLOCK_FILE: path.resolve(clock) }
}

async function advance(clock: string, milliseconds: number) {
  writeFileSync(clock, String(Number(readFileSync(clock, 'utf8')) + milliseconds))
  await new Promise((resolve) => setTimeout(resolve, SIGHT_MS))
}

export async function findPort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
