import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { cliError } from '@/lib/platform/command'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { exitAfter, reportReady } from '@/lib/platform/shutdown'
import { answerWithSum } from './summed-metrics'

/** This file is bundled into `dist/`, beside `server/`. */
const RUNNER = fileURLToPath(new URL('../server/run.mjs', import.meta.url))

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000

/** How many web processes answer for the port. `auto` is one for each processor. */
export function countWebProcesses(): number {
  const { WEB_CONCURRENCY } = env()
  return WEB_CONCURRENCY === 'auto' ? availableParallelism() : WEB_CONCURRENCY
}

/**
 * Starts so many web processes, which share the port: this process accepts the connections and hands
 * them out in turn. Fails when one of them cannot start. Later, one that ends is replaced, and the
 * others go on. A signal to stop ends all of them, each after its last request.
 */
export async function startWebProcesses(count: number): Promise<void> {
  const group = { isStopping: false }
  cluster.setupPrimary({ exec: RUNNER, args: ['web'] })
  answerWithSum()
  await Promise.all(Array.from({ length: count }, () => start(group)))
  exitAfter(async () => {
    group.isStopping = true
    await Promise.all(Object.values(cluster.workers ?? {}).map(end))
  })
  reportReady()
}

type Group = { isStopping: boolean }

/** Resolves when the process takes connections. From then on, it is replaced when it ends. */
async function start(group: Group): Promise<void> {
  const worker = cluster.fork()
  // A connection was handed to a process that has just ended. Without a listener, this one would end.
  worker.on('error', () => {})
  const ended = once(worker, 'exit')
  const isReady = await Promise.race([
    once(worker, 'listening').then(() => true),
    ended.then(() => false),
  ])
  if (!isReady) throw cliError('A web process could not start. Its own log line says why.')
  void ended.then(([code, signal]) => replace(group, { code, signal }))
}

async function replace(group: Group, end: { code: number | null; signal: string | null }) {
  if (group.isStopping) return
  log.error({ event: 'web_process_ended', ...end }, 'a web process ended, and is replaced')
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    await sleep(wait)
    if (group.isStopping) return
    try {
      await start(group)
      return log.info({ event: 'web_process_replaced' })
    } catch {
      // Its own log line says why. The next one may start.
    }
  }
}

async function end(worker: Worker | undefined) {
  if (!worker || worker.isDead()) return
  worker.process.kill('SIGTERM')
  await once(worker, 'exit')
}
