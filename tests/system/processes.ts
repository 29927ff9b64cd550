import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { environmentOf } from '../support/provider-environment'
import { dataDir } from '../support/running'

const run = promisify(execFile)

/** How a compiled process or command is started, besides its name. */
export type Start = Pick<SpawnOptions, 'cwd' | 'uid' | 'gid'> & { env: NodeJS.ProcessEnv }

/**
 * The environment of a production process. It has nothing of this process, and providers that it
 * cannot reach: a web process asks none.
 */
export const productionOf = (given: Record<string, string>): NodeJS.ProcessEnv => ({
  NODE_ENV: 'production',
  PATH: process.env.PATH,
  APP_ORIGIN: 'https://akun.toko.example',
  TRUSTED_PROXY_HOPS: '1',
  ...environmentOf('http://127.0.0.1:9'),
  ...given,
})

/** The environment of a production process on the database of the running product, with its keys. */
export const besideProduct = (given: Record<string, string>): NodeJS.ProcessEnv =>
  productionOf({
    ...JSON.parse(readFileSync(path.join(dataDir(), 'embedded.json'), 'utf8')),
    ...given,
  })

/** What each process has written. */
const outputs = new WeakMap<ChildProcess, string[]>()

/** Starts a process of `dist/` and waits until it is ready. */
export async function startProcess(name: string, start: Start): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['server/run.mjs', name], {
    ...start,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const output: string[] = []
  outputs.set(child, output)
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${name} ended before it was ready: ${output.join('')}`)
  })
  await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  return child
}

/** The lines of an event in the log of a process. */
export const linesOf = (child: ChildProcess, event: string): Record<string, unknown>[] =>
  (outputs.get(child) ?? [])
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line))
    .filter((line) => line.event === event)

/** Stops a process, and returns its exit code. */
export async function stopProcess(child: ChildProcess): Promise<number | null> {
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const [code] = await exited
  return code
}

/** Runs a command of `dist/` to its end, and returns what it printed. */
export async function runCommand(name: string, start: Start, ...args: string[]): Promise<string> {
  return (await run(process.execPath, ['server/run.mjs', name, ...args], start)).stdout
}
