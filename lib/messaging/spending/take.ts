import { pool } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { inBatches } from '../worker/batch'
import type { Ceiling } from './ceilings'
import { clockHour } from './clock-hour'

// As for the other statements of a send (`worker/pending-messages.ts`).
const GATHER_MS = 5

const TAKE = `SELECT nth, "reachedKey", withheld FROM take_sms($1, $2)`

type Asked = { ceilings: readonly Ceiling[]; now: Date }
type Answer = { nth: number; reachedKey: string | null; withheld: number | null }

/**
 * Counts an SMS at its ceilings; false, and counted at none of them, when one is reached. Calls at
 * the same time share one statement, which is a transaction of its own. The first SMS that a
 * ceiling withholds in an hour is logged.
 */
export const takeSms = inBatches(GATHER_MS, async (asked: readonly Asked[]) => {
  const given = JSON.stringify(asked.map(({ ceilings }) => ceilings))
  const latest = new Date(Math.max(...asked.map(({ now }) => now.getTime())))
  const { rows } = await pool().query<Answer>(TAKE, [given, clockHour(latest)])
  const answers = new Map(rows.map((answer) => [answer.nth, answer]))
  return asked.map((_, nth) => isTaken(answers.get(nth)))
})

function isTaken(answer: Answer | undefined): boolean {
  if (!answer) throw new Error('take_sms gave no answer')
  const { reachedKey, withheld } = answer
  if (reachedKey !== null && withheld === 1)
    log.warn({ event: 'sms_ceiling_reached', ceiling: describeKey(reachedKey) })
  return reachedKey === null
}

/** Names a country. A prefix or a number would be personal data. */
const describeKey = (key: string) => key.replace(/:[0-9a-f]{64}/, '')
