import type { Worker } from 'graphile-worker'
import { pool } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { repeat } from './repeat'

const LOOK_EVERY_MS = 4_000

const FIND_LOCKED = `
  SELECT id::text, locked_by AS "workerId", attempts FROM graphile_worker.jobs WHERE locked_by = ANY($1::text[])`
/** The queue raises `attempts` each time it gives out a job, so this frees no later run of the job. */
const FREE_JOB = `
  UPDATE graphile_worker._private_jobs SET locked_by = NULL, locked_at = NULL
  WHERE id = $1::bigint AND locked_by = $2 AND attempts = $3`

type LockedJob = { id: string; workerId: string; attempts: number }

export type LostReplies = {
  /** Records that a worker of this process asks the queue for a job. */
  asks(worker: Worker): void
  /** Forgets a worker that has ended. */
  ended(worker: Worker): void
  stop(): Promise<void>
}

/**
 * Frees jobs that the queue gave to a worker of this process, when the worker never received the
 * reply because its connection broke. Such a job is locked by a living worker; the queue itself
 * frees it after four hours. A job counts as lost when its worker does not run it, and has asked for
 * another job since this watch first saw it.
 */
export function watchLostReplies(): LostReplies {
  const requests = new Map<Worker, number>()
  let seen = new Map<string, number>()

  const look = async () => {
    const workers = new Map([...requests.keys()].map((worker) => [worker.workerId, worker]))
    const { rows } = await pool().query<LockedJob>(FIND_LOCKED, [[...workers.keys()]])
    const stillSeen = new Map<string, number>()
    for (const job of rows) {
      const worker = workers.get(job.workerId)
      const count = worker && requests.get(worker)
      if (count === undefined || worker?.getActiveJob()?.id === job.id) continue
      const firstCount = seen.get(keyOf(job)) ?? count
      if (count > firstCount) await freeJob(job)
      else stillSeen.set(keyOf(job), firstCount)
    }
    seen = stillSeen
  }
  const watch = repeat('lost_replies', LOOK_EVERY_MS, look)
  return {
    asks: (worker) => requests.set(worker, (requests.get(worker) ?? 0) + 1),
    ended: (worker) => requests.delete(worker),
    stop: () => watch.stop(),
  }
}

const keyOf = ({ id, workerId, attempts }: LockedJob) => `${id} ${workerId} ${attempts}`

async function freeJob({ id, workerId, attempts }: LockedJob) {
  log.warn({ event: 'job_reply_lost', job: id })
  await pool().query(FREE_JOB, [id, workerId, attempts])
}
