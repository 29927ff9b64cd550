import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { emptyEnvironment } from './environment'

/** A start by command: it may fail, or be stopped in any way. */
export type Launch = {
  pid: number
  /** True when the product runs, false when it ended instead. */
  isReady: Promise<boolean>
  /** The exit code, when all is over. */
  exited: Promise<number | null>
  output(): string
}

/** Runs a command of package.json's as its own process group's leader, as a terminal does. */
export function launch(env: Record<string, string>): Launch {
  const child = spawn(process.execPath, ['tools/run.mjs', 'start', '--no-fsync'], {
    env: { ...process.env, ...emptyEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  })
  const pieces: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => pieces.push(text))
  const exited = once(child, 'close').then(([code]): number | null => code)
  return {
    pid: child.pid ?? 0,
    isReady: Promise.race([once(child, 'message').then(() => true), exited.then(() => false)]),
    exited,
    output: () => pieces.join(''),
  }
}
