import { EventEmitter, setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, runTaskList, type TaskList, type WorkerEvents } from 'graphile-worker'
import { z } from 'zod'
import { pool, queuePool } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import type { RenderEmail } from '../content/render-message'
import { migrateQueue, SEND_TASK } from '../outbox/queue'
import { dropOldCounts } from '../spending/drop-old'
import { reviewPrefixes } from '../spending/slow-prefixes'
import { applyEarlyReceipts } from '../webhooks/receipts'
import { deliverMessage } from './deliver'
import { dropWornJobs, wipeExpired } from './housekeeping'
import { type Liveness, openLiveness } from './liveness'
import { type LostReplies, watchLostReplies } from './lost-replies'
import { createProbe } from './provider-health'
import { repeat } from './repeat'

export const QUEUE_SETTINGS = {
  /** Concurrent sends. A send mostly waits for its provider, without a database connection. */
  concurrency: 48,
  /** PostgreSQL announces new jobs. Delayed and freed jobs are found by polling. */
  pollInterval: 2_000,
} as const

const RESTART_PAUSE_MS = 1_000
const HOUSEKEEPING_EVERY_MS = 60 * 60 * 1_000
const RECEIPTS_EVERY_MS = 3_000
const PROBE_EVERY_MS = 60_000
const PREFIXES_EVERY_MS = 60_000
/** A listening connection does not notice that it was cut off; an unanswered statement does. */
const LISTENING_CHECK_EVERY_MS = 4_000

const clock = () => new Date()
const payload = z.object({ id: z.uuid() })

/** What else the worker runs, by the name of the task. It is called again until it succeeds. */
type OtherTasks = Record<string, (payload: unknown) => Promise<void>>

const tasksOf = (renderEmail: RenderEmail, others: OtherTasks): TaskList => ({
  ...others,
  [SEND_TASK]: (given, { abortSignal, job }) => {
    // All sends of this process listen to one signal. Node warns of a leak above ten listeners.
    if (abortSignal) setMaxListeners(0, abortSignal)
    return deliverMessage(payload.parse(given).id, {
      clock,
      renderEmail,
      stop: abortSignal,
      runs: job.attempts,
    })
  },
})

const logger = new Logger(() => (level, message) => {
  if (level === 'error' || level === 'warning') log.warn({ event: 'queue', reason: message })
})

export type RunningWorker = {
  /** Takes no more messages and waits for running sends, which are aborted after 5 s. */
  stop(): Promise<void>
  /** Settles when the worker has ended. */
  done: Promise<void>
}

/**
 * Sends the messages of the outbox until it is stopped, and takes over the messages of workers that
 * died. Rejects when the database cannot be reached at the start. It survives later outages.
 */
export async function runWorker({
  renderEmail,
  tasks = {},
}: {
  renderEmail: RenderEmail
  tasks?: OtherTasks
}): Promise<RunningWorker> {
  await migrateQueue(pool())
  const stopping = new AbortController()
  const done = work(tasksOf(renderEmail, tasks), stopping.signal)
  return {
    done,
    stop() {
      stopping.abort()
      return done
    },
  }
}

async function work(tasks: TaskList, stopping: AbortSignal) {
  const liveness = openLiveness()
  const chores = startChores(stopping)
  while (!stopping.aborted) {
    await takeJobs(tasks, liveness, stopping)
    if (!stopping.aborted)
      await sleep(RESTART_PAUSE_MS, undefined, { signal: stopping }).catch(() => {})
  }
  await Promise.all(chores.map((chore) => chore.stop()))
  await liveness.close()
}

function startChores(stopping: AbortSignal) {
  const keepHouse = async () => {
    await wipeExpired(clock())
    await dropWornJobs()
    await dropOldCounts(clock())
  }
  return [
    repeat('housekeeping', HOUSEKEEPING_EVERY_MS, keepHouse),
    repeat('early_receipts', RECEIPTS_EVERY_MS, () => applyEarlyReceipts(clock())),
    repeat('prefix_review', PREFIXES_EVERY_MS, () => reviewPrefixes(clock())),
    repeat('provider_probe', PROBE_EVERY_MS, createProbe(clock, stopping)),
  ]
}

/**
 * Runs the queue until the process is told to stop or one of its workers breaks. The library does
 * not replace a broken worker.
 */
async function takeJobs(tasks: TaskList, liveness: Liveness, stopping: AbortSignal) {
  const broken = new AbortController()
  const plugin = watchWorkers(liveness, () => broken.abort())
  const lostReplies = watchLostReplies()
  const options = {
    ...QUEUE_SETTINGS,
    noHandleSignals: true,
    logger,
    preset: { plugins: [plugin] },
    events: listenTo(lostReplies),
  }
  const workers = runTaskList(options, tasks, queuePool())
  await aborted(AbortSignal.any([stopping, broken.signal]))
  await workers.gracefulShutdown()
  await lostReplies.stop()
}

function listenTo({ asks, ended }: LostReplies): WorkerEvents {
  const events: WorkerEvents = new EventEmitter()
  events.on('worker:getJob:start', ({ worker }) => asks(worker))
  events.on('worker:stop', ({ worker }) => ended(worker))
  checkListening(events)
  return events
}

/**
 * Asks the connection that listens for new jobs for a sign of life. One that is cut off is closed,
 * and the queue opens another.
 */
function checkListening(events: WorkerEvents) {
  events.on('pool:listen:success', ({ client }) => {
    const timer = setInterval(
      () => client.query('SELECT 1').catch(() => {}),
      LISTENING_CHECK_EVERY_MS,
    )
    client.once('end', () => clearInterval(timer))
    events.once('pool:listen:release', () => clearInterval(timer))
  })
}

function watchWorkers({ hold, letGo }: Liveness, onEnd: () => void): GraphileConfig.Plugin {
  return {
    name: 'LivenessPlugin',
    version: '1.0.0',
    worker: {
      hooks: {
        startWorker: (_context, { worker }) => hold(worker.workerId),
        stopWorker(_context, { worker }) {
          onEnd()
          return letGo(worker.workerId).catch(() => {})
        },
      },
    },
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
