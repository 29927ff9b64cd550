import { randomUUID } from 'node:crypto'
import { type AnyTx, sendIn, statement } from '@/lib/platform/statement'
import { atOnce } from './at-once'

/**
 * Leaves other work to the worker, in the caller's transaction. It begins within a second after
 * the commit and is tried again until it succeeds, so it may happen twice.
 */
export async function enqueueTask(
  tx: AnyTx,
  name: string,
  payload: Record<string, string | null>,
  now: Date,
): Promise<void> {
  await sendIn(tx, ENQUEUE_TASK, [randomUUID(), name, JSON.stringify(payload), now])
}

const ENQUEUE_TASK = statement(
  'enqueue_task',
  `insert into "Task" (id, name, payload, "runAt")
  values ($1::uuid, $2, $3::jsonb, ${atOnce('$4::timestamptz')})`,
)
