import { type Env, env } from '@/lib/platform/env'

const DAY_MS = 24 * 60 * 60 * 1_000

type Setting = Extract<keyof Env, `RETENTION_${string}`>

/**
 * One line of the schedule: what is deleted or erased, and how long after which time. `kept` is a
 * setting, or the number of days that a computation needs.
 */
export type Rule = {
  table: string
  what: string
  after: string
  kept: Setting | number
  /** The index has this expression or column. Times are compared with the end of the retention. */
  time: string
  /** An integer of milliseconds since the epoch in place of a time. */
  isEpoch?: true
  /** Which rows, if not all. */
  only?: string
  /** What is emptied; without it the row is deleted. */
  erase?: string
}

/** The time up to which the rows of a rule are old. */
export function horizonOf({ kept, isEpoch }: Rule, now: Date): Date | number {
  const days = typeof kept === 'number' ? kept : env()[kept]
  const horizon = now.getTime() - days * DAY_MS
  return isEpoch ? horizon : new Date(horizon)
}
