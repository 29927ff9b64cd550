import { pool } from '@/lib/platform/db'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'

/** How many run at a time in a process. */
const AT_ONCE = 4

/** The first wait before the next attempt, which doubles. A run takes much less time. */
const FIRST_WAIT_SECONDS = 30
const LONGEST_WAIT_SECONDS = 60 * 60
const MOST_DOUBLINGS = 10

/** What else the worker runs, by name. A task is called again until it succeeds. */
export type Tasks = Record<string, (payload: unknown) => Promise<void>>

/** A worker that dies leaves the task to be begun again when the wait is over. */
const BEGIN = `
  UPDATE "Task" SET attempts = attempts + 1, "runAt" = $2::timestamptz + make_interval(
    secs => least(${LONGEST_WAIT_SECONDS}, ${FIRST_WAIT_SECONDS} * 2 ^ least(attempts, ${MOST_DOUBLINGS})))
  WHERE id = (
    SELECT id FROM "Task" WHERE "runAt" <= $2 AND name = ANY($1::text[]) ORDER BY "runAt" LIMIT 1 FOR UPDATE SKIP LOCKED
  ) RETURNING id, name, payload, attempts`

type Begun = { id: string; name: string; payload: unknown; attempts: number }

/** Runs the tasks that are due, each of them once, until none is left or `stop` is aborted. */
export async function runTasks(tasks: Tasks, now: Date, stop?: AbortSignal): Promise<void> {
  const runAll = async () => {
    while (!stop?.aborted && (await runNext(tasks, now)));
  }
  if (await runNext(tasks, now)) await Promise.all(Array.from({ length: AT_ONCE }, runAll))
}

async function runNext(tasks: Tasks, now: Date): Promise<boolean> {
  const { rows } = await pool().query<Begun>(BEGIN, [Object.keys(tasks), now])
  const [begun] = rows
  if (!begun) return false
  const { id, name, payload, attempts } = begun
  try {
    await tasks[name]?.(payload)
    await pool().query('DELETE FROM "Task" WHERE id = $1', [id])
  } catch (error) {
    log.warn({ event: 'task_failed', task: name, attempts, error: reportError(error) })
  }
  return true
}
