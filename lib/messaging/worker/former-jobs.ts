import { pool } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'

/**
 * The version before keeps jobs in the tables of graphile-worker. While its processes still run, we
 * move the jobs that none of its workers has begun into our own tables. The next version drops this
 * file and the schema `graphile_worker`.
 */
const EXISTS = `SELECT to_regclass('graphile_worker._private_jobs') IS NOT NULL AS exists`

const TOGETHER = 500

/** A job is moved and removed by one statement: no worker of either version sends it twice. */
const ADOPT = `
  WITH job AS (
    DELETE FROM graphile_worker._private_jobs AS job USING graphile_worker._private_tasks AS task
    WHERE task.id = job.task_id AND job.id IN (
      SELECT id FROM graphile_worker._private_jobs WHERE locked_at IS NULL
      ORDER BY priority, run_at LIMIT ${TOGETHER} FOR UPDATE SKIP LOCKED)
    RETURNING task.identifier, job.payload, job.run_at, job.attempts, job.attempts >= job.max_attempts AS "isReplaced"
  ), message AS (
    UPDATE "Message" AS message SET "runAt" = job.run_at, attempts = message.attempts + job.attempts, trace = job.payload->>'trace',
      urgency = CASE WHEN kind LIKE 'code.%' THEN 0 WHEN kind = 'incident' THEN 2 ELSE 1 END
    FROM job WHERE job.identifier = 'send' AND NOT job."isReplaced" AND message.id = (job.payload->>'id')::uuid
      AND message."runAt" IS NULL AND message."sentAt" IS NULL AND message."failedAt" IS NULL
  ), task AS (
    INSERT INTO "Task" (id, name, payload, "runAt")
    SELECT gen_random_uuid(), identifier, payload::jsonb, run_at FROM job WHERE identifier <> 'send' AND NOT "isReplaced"
  )
  SELECT count(*)::int AS count FROM job`

const FIND_LOCKLESS = `
  WITH holder AS MATERIALIZED (SELECT DISTINCT locked_by AS id FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL)
  SELECT id FROM holder WHERE pg_try_advisory_xact_lock(hashtextextended(id, 0))`

const FREE_JOBS = 'SELECT graphile_worker.force_unlock_workers($1::text[])'

/**
 * Moves the waiting jobs of the version before: messages into the queue, other work to the tasks.
 * Returns how many it moved.
 */
export async function adoptFormerJobs(): Promise<number> {
  if (!(await hasFormerJobs())) return 0
  let adopted = 0
  for (let count = TOGETHER; count === TOGETHER; adopted += count) {
    const { rows } = await pool().query<{ count: number }>(ADOPT)
    count = rows[0]?.count ?? 0
  }
  return adopted
}

/**
 * Returns a function that frees the jobs of dead workers of the version before. A worker is dead when
 * its lock is free at two calls in a row.
 */
export function createFormerWatch(): () => Promise<void> {
  let suspects: string[] = []
  return async () => {
    if (!(await hasFormerJobs())) return
    const { rows } = await pool().query<{ id: string }>(FIND_LOCKLESS)
    const dead = rows.map(({ id }) => id).filter((id) => suspects.includes(id))
    suspects = rows.map(({ id }) => id)
    if (dead.length === 0) return
    log.warn({ event: 'worker_dead', workers: dead })
    await pool().query(FREE_JOBS, [dead])
  }
}

async function hasFormerJobs(): Promise<boolean> {
  const { rows } = await pool().query<{ exists: boolean }>(EXISTS)
  return rows[0]?.exists === true
}
