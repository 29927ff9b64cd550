import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { env } from '@/lib/platform/env'
import { environmentOf, whatsappEnvironment } from '@/tests/support/provider-environment'

export type WorkerProcess = {
  /** kill -9: nothing of it runs any more, and nothing was put away. */
  kill(): Promise<void>
  /** SIGTERM; the exit code that came of it. */
  end(): Promise<number | null>
}

const running = new Set<ChildProcess>()

/** Starts a worker as an operator does, on the test's own database, with the fake providers at `url`. */
export async function startWorkerProcess(
  url: string,
  variables: Record<string, string> = {},
): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ['server/run.mjs', 'worker'], {
    env: {
      ...productionEnvironment(),
      ...environmentOf(url),
      ...whatsappEnvironment(url),
      ...variables,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const complaints: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => complaints.push(text))
  running.add(child)
  const exited = once(child, 'exit').finally(() => running.delete(child))
  const isReady = await Promise.race([
    once(child, 'message').then(() => true),
    exited.then(() => false),
  ])
  if (!isReady) throw new Error(`the worker ended before it was ready: ${complaints.join('')}`)
  return {
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async end() {
      child.kill('SIGTERM')
      const [code] = await exited
      return code
    },
  }
}

/** Ends whatever a failed test left behind. */
export async function killWorkerProcesses() {
  const ended = [...running].map((child) => once(child, 'exit'))
  for (const child of running) child.kill('SIGKILL')
  await Promise.all(ended)
}

function productionEnvironment(): NodeJS.ProcessEnv {
  const { DATABASE_URL, AUTH_SECRET, SEALING_KEYS, HASHING_KEYS } = env()
  const keys = (ring: typeof SEALING_KEYS) =>
    ring.map(({ id, bytes }) => `${id}:${bytes.toString('base64')}`).join()
  const secrets = {
    AUTH_SECRET: AUTH_SECRET.map(({ bytes }) => bytes.toString()).join(),
    SEALING_KEYS: keys(SEALING_KEYS),
    HASHING_KEYS: keys(HASHING_KEYS),
  }
  return {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATABASE_URL,
    APP_ORIGIN: 'https://akun.toko.example',
    ...secrets,
  }
}
