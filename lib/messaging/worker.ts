import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, makeWorkerUtils, parseCronItems, type Runner, run, type TaskList } from 'graphile-worker'
import { z } from 'zod'
import { pool } from '@/lib/db'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { deliverMessage } from './deliver'
import { wipeExpired } from './housekeeping'
import { type Liveness, openLiveness } from './liveness'
import { SEND_TASK } from './queue'

const HOUSEKEEPING_TASK = 'housekeeping'
const HOURLY = '17 * * * *'

/** Sends at the same time. Each spends its time waiting for a provider, holding no connection. */
const CONCURRENCY = 10

/** New jobs are announced by PostgreSQL; what waits for its time, or was freed, is found by looking. */
const POLL_MS = 2_000
const RESTART_PAUSE_MS = 1_000

const clock = () => new Date()
const payload = z.object({ id: z.uuid() })

const taskList: TaskList = {
  [SEND_TASK]: (job, { abortSignal }) => deliverMessage(payload.parse(job).id, clock, abortSignal),
  [HOUSEKEEPING_TASK]: async () => {
    await wipeExpired(clock())
    await dropWornJobs()
  },
}

export type RunningWorker = {
  /** Takes no more messages, lets those in hand finish (cut short after 5 s), and gives everything back. */
  stop(): Promise<void>
  /** Settles when the worker has ended. */
  done: Promise<void>
}

/**
 * Sends the messages of the outbox until it is stopped, and takes over those of workers that died, its own predecessor's
 * included. Rejects when the database cannot be reached at the start; later outages are waited out.
 */
export async function runWorker(): Promise<RunningWorker> {
  const liveness = openLiveness(env().DATABASE_URL)
  const stopping = new AbortController()
  const first = await start(liveness).catch(async (error) => {
    await liveness.close()
    throw error
  })
  const done = keepRunning(first, liveness, stopping.signal)
  return {
    done,
    async stop() {
      stopping.abort()
      await done
    },
  }
}

async function keepRunning(first: Runner, liveness: Liveness, stopping: AbortSignal) {
  for (let runner: Runner | undefined = first; !stopping.aborted; runner = await start(liveness).catch(reportFailure)) {
    if (runner) await runUntil(stopping, runner)
    if (!stopping.aborted) await sleep(RESTART_PAUSE_MS, undefined, { signal: stopping }).catch(() => {})
  }
  await liveness.close()
}

/** A runner whose worker broke goes on without it, so it is ended as a whole and started anew. */
async function runUntil(stopping: AbortSignal, { events, promise, stop }: Runner) {
  const broken = new Promise((resolve) => events.once('worker:fatalError', resolve))
  const stopped = new Promise((resolve) => stopping.addEventListener('abort', resolve, { once: true }))
  if (!stopping.aborted) await Promise.race([promise, broken, stopped]).catch(reportFailure)
  await stop().catch(() => {})
}

function start(liveness: Liveness) {
  return run({
    pgPool: pool(),
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    taskList,
    parsedCronItems: parseCronItems([{ task: HOUSEKEEPING_TASK, match: HOURLY, options: { backfillPeriod: 0, maxAttempts: 3 } }]),
    preset: { plugins: [livenessPlugin(liveness)] },
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') log.warn({ event: 'queue', reason: message })
    }),
  })
}

function livenessPlugin({ hold, letGo }: Liveness): GraphileConfig.Plugin {
  return {
    name: 'LivenessPlugin',
    version: '1.0.0',
    worker: {
      hooks: {
        startWorker: (_context, { worker }) => hold(worker.workerId),
        stopWorker: (_context, { worker }) => letGo(worker.workerId).catch(() => {}),
      },
    },
  }
}

/** Jobs whose message was enqueued again while they ran, and whose worker then died before it could remove them. */
async function dropWornJobs() {
  const utils = await makeWorkerUtils({ pgPool: pool() })
  await utils.cleanup({ tasks: ['DELETE_PERMAFAILED_JOBS'] }).finally(() => utils.release())
}

function reportFailure(error: Error): undefined {
  log.error({ event: 'worker_broken', reason: error.message })
}
