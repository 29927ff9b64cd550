import { runMigrations } from 'graphile-worker'
import type pg from 'pg'
import type { Tx } from '@/lib/platform/db'
import { isCode } from '../content/content'

export const SEND_TASK = 'send'

/** Lower runs first: a customer waits for a code with the page open. */
const PRIORITY = { code: 0, other: 10 } as const

/**
 * The limit of the queue for crashes and lost connections. The attempts of a message have other
 * limits (`worker/retry.ts`).
 */
const JOB_ATTEMPTS = 1_000

type Job = { id: string; kind: string; runAt?: Date }

/**
 * Enqueues one job per message in the caller's transaction, by one statement. Payload and job key
 * are the id of the message, so a running job is replaced by its successor.
 */
export async function enqueue(tx: Tx, jobs: readonly Job[]): Promise<void> {
  const specs = jobs.map(({ id, kind, runAt }) => ({
    id,
    runAt,
    priority: isCode(kind) ? PRIORITY.code : PRIORITY.other,
  }))
  await tx.$executeRaw`
    SELECT count(*) FROM graphile_worker.add_jobs(ARRAY(
      SELECT ROW(${SEND_TASK}, json_build_object('id', job.id), NULL, job."runAt", ${JOB_ATTEMPTS}, job.id, job.priority, NULL)
        ::graphile_worker.job_spec
      FROM jsonb_to_recordset(${JSON.stringify(specs)}::jsonb) AS job(id text, priority int, "runAt" timestamptz)
    ))`
}

/**
 * Creates or upgrades the queue's own tables (schema graphile_worker). Needed before the first
 * message is written.
 */
export async function migrateQueue(pgPool: pg.Pool): Promise<void> {
  await runMigrations({ pgPool })
}

/**
 * Enqueues another task of the worker, in the caller's transaction. It is tried again until it
 * succeeds.
 */
export async function enqueueTask(
  tx: Tx,
  task: string,
  payload: Record<string, string | null>,
): Promise<void> {
  await tx.$executeRaw`
    SELECT 1 FROM graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, priority => ${PRIORITY.other}::int)`
}
