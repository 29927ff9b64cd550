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
  /** Ends it, and starts it again at the same address with these further settings. */
  restart(env: Record<string, string>): Promise<void>
  /** SIGTERM, and its exit code when all of it has ended; its data is then removed. */
  stop(): Promise<number | null>
}

const SIGHT_MS = 100
const [CLOCK, QUICK_HASH] = ['clock', 'quick-hash'].map(
  (name) => `--import ${pathToFileURL(`tests/support/${name}.mjs`).href}`,
)

/** The data of a first start, from which the others take theirs: a third of the time of making them anew. */
const FIRST = path.join(SCRATCH, `first-${hashMigrations().slice(0, 16)}`)

/**
 * Starts the whole product on a free port with data of its own: database, web and worker. A benchmark
 * hashes passwords as production does; a test does it quickly.
 */
export async function startProduct({
  env: given = {},
  hasQuickHash = false,
}: {
  env?: Record<string, string>
  hasQuickHash?: boolean
} = {}): Promise<Product> {
  await makeFirstData()
  const env = { NODE_OPTIONS: hasQuickHash ? `${CLOCK} ${QUICK_HASH}` : `${CLOCK}`, ...given }
  const dataDir = newFolder('product')
  // PostgreSQL's data keep their owner, who is not always the one of the tests.
  execFileSync('cp', ['-a', `${FIRST}/.`, dataDir])
  const port = await findPort()
  const { end, ...product } = await launch(dataDir, env, port)
  const running = { end }
  return {
    ...product,
    restart: async (changed) => {
      await running.end()
      running.end = (await launch(dataDir, { ...env, ...changed }, port)).end
    },
    stop: () => running.end().finally(() => rmSync(dataDir, { recursive: true, force: true })),
  }
}

async function makeFirstData() {
  if (existsSync(FIRST)) return
  const { dataDir, end } = await launch(newFolder('draft'), {}, await findPort())
  await end()
  try {
    renameSync(dataDir, FIRST)
  } catch (error) {
    // Another file of this run was first.
    if (!existsSync(FIRST)) throw error
    rmSync(dataDir, { recursive: true })
  }
}

async function launch(dataDir: string, env: Record<string, string>, port: number) {
  const origin = `http://localhost:${port}`
  const child = spawn(process.execPath, ['tools/run.mjs', 'start', '--no-fsync'], {
    env: {
      ...process.env,
      ...emptyEnvironment(),
      CLOCK_FILE: clockIn(dataDir),
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
    advanceClock: (milliseconds: number) => advance(clockIn(dataDir), milliseconds),
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

function clockIn(dataDir: string) {
  const clock = path.resolve(dataDir, 'clock')
  if (!existsSync(clock)) writeFileSync(clock, '0')
  return clock
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
