import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createClient } from '@redis/client'
import { vi } from 'vitest'
import { newFolder } from '../support/environment'
import { findPort } from '../support/product'
import type { Certificate } from './certificate'

const PATIENCE = { timeout: 10_000, interval: 50 }

/** A server of the Debian package of the same name, with a port and a folder of its own. */
export type RedisServer = {
  port: number
  url: string
  /** Starts it again after `kill`, empty. */
  start(): Promise<void>
  /** kill -9: it closes nothing, and nothing of it runs any more. */
  kill(): Promise<void>
  /** Sends a command, and returns its reply. */
  ask(...command: string[]): Promise<unknown>
  /** Every key, with its value and its seconds to live. */
  dump(): Promise<{ key: string; value: string | null; seconds: number }[]>
  stop(): Promise<void>
}

/** A server that speaks TLS alone, with this certificate, and asks for this password. */
type Guard = { certificate: Certificate; password: string }

/** Throws with the name of the package when it is not installed. */
export async function startRedisServer(name = 'redis-server', guard?: Guard): Promise<RedisServer> {
  const [port, folder] = [await findPort(), newFolder(name)]
  const url = urlOf(port, guard)
  const words = wordsOf(port, folder, guard)
  let child = await run(name, words, url)
  const start = async () => {
    child = await run(name, words, url)
  }
  const kill = () => end(child)
  return {
    port,
    url,
    start,
    kill,
    ask: (...command) => onServer(url, (client) => client.sendCommand(command)),
    dump: () => onServer(url, readAll),
    async stop() {
      await kill()
      rmSync(folder, { recursive: true })
    },
  }
}

const urlOf = (port: number, guard: Guard | undefined) =>
  guard
    ? `rediss://:${encodeURIComponent(guard.password)}@localhost:${port}/1`
    : `redis://127.0.0.1:${port}/1`

function wordsOf(port: number, folder: string, guard: Guard | undefined) {
  const options = {
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'no',
    ...(guard ? guarded(port, guard) : { port }),
  }
  return Object.entries(options).flatMap(([key, value]) => [`--${key}`, String(value)])
}

const guarded = (port: number, { certificate, password }: Guard) => ({
  port: 0,
  'tls-port': port,
  'tls-cert-file': certificate.file,
  'tls-key-file': certificate.keyFile,
  'tls-ca-cert-file': certificate.file,
  'tls-auth-clients': 'no',
  requirepass: password,
})

async function run(name: string, words: readonly string[], url: string) {
  const child = spawn(name, words, { stdio: 'ignore' })
  await once(child, 'spawn').catch(() => {
    throw new Error(`${name} is missing. Install the package of that name: apt-get install ${name}`)
  })
  // A test that fails in its hooks leaves no server behind.
  process.once('exit', () => child.kill('SIGKILL'))
  await vi.waitFor(() => onServer(url, (client) => client.ping()), PATIENCE)
  return child
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** The product checks the certificate; the tests need not. */
function connect(url: string) {
  const once = { reconnectStrategy: false } as const
  const socket = url.startsWith('rediss:')
    ? ({ ...once, tls: true, rejectUnauthorized: false } as const)
    : once
  return createClient({ url, socket })
    .on('error', () => {})
    .connect()
}

type Client = Awaited<ReturnType<typeof connect>>

async function onServer<Value>(url: string, work: (client: Client) => Promise<Value>) {
  const client = await connect(url)
  return work(client).finally(() => client.destroy())
}

async function readAll(client: Client) {
  const keys = await client.keys('*')
  return Promise.all(
    keys.map(async (key) => ({
      key,
      value: await client.get(key),
      seconds: await client.ttl(key),
    })),
  )
}
