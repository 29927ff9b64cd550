import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createClient } from '@redis/client'
import { vi } from 'vitest'
import { newFolder } from '../support/environment'
import { findPort } from '../support/product'

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

/** Throws with the name of the package when it is not installed. */
export async function startRedisServer(name = 'redis-server'): Promise<RedisServer> {
  const [port, folder] = [await findPort(), newFolder(name)]
  const url = `redis://127.0.0.1:${port}/1`
  let child = await run(name, port, folder)
  const start = async () => {
    child = await run(name, port, folder)
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

async function run(name: string, port: number, folder: string) {
  const options = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no' }
  const words = Object.entries(options).flatMap(([key, value]) => [`--${key}`, String(value)])
  const child = spawn(name, words, { stdio: 'ignore' })
  await once(child, 'spawn').catch(() => {
    throw new Error(`${name} is missing. Install the package of that name: apt-get install ${name}`)
  })
  // A test that fails in its hooks leaves no server behind.
  process.once('exit', () => child.kill('SIGKILL'))
  const url = `redis://127.0.0.1:${port}`
  await vi.waitFor(() => onServer(url, (client) => client.ping()), PATIENCE)
  return child
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

const connect = (url: string) =>
  createClient({ url, socket: { reconnectStrategy: false } })
    .on('error', () => {})
    .connect()

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
