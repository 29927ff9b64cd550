import { runMigrations } from 'graphile-worker'
import type pg from 'pg'
import type { Tx } from '@/lib/platform/db'
import { isCode } from '../content/content'

export const SEND_TASK = 'send'

/** Lower runs first: a customer waits for a code with the page open. */
const PRIORITY = { code: 0, other: 10 } as const

/** Only crashes and lost connections count against this one; the attempts of a message have limits of their own. */
const JOB_ATTEMPTS = 1_000

type Job = { id: string; kind: string; runAt?: Date }

/**
 * Enqueues one job per message in the caller's transaction, by one statement. Payload and key are the message's id. A job that
 * is running when its successor is enqueued is replaced by it.
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

/** Creates or upgrades the queue's own tables (schema graphile_worker). Needed before the first message is written. */
export async function migrateQueue(pgPool: pg.Pool): Promise<void> {
  await runMigrations({ pgPool })
}
