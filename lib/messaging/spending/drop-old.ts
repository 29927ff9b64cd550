import { db } from '@/lib/platform/db'
import { HOUR_MS } from './clock-hour'

const DAY_MS = 24 * HOUR_MS

/** Longer than a ceiling looks back. */
const COUNTS_KEPT_MS = 2 * DAY_MS

/** Longer than the time over which the usual share of a prefix is computed. */
const SENDS_KEPT_MS = 8 * DAY_MS

/** Deletes counts and records of sends that nothing is computed from any more. */
export async function dropOldCounts(now: Date): Promise<void> {
  const before = (keptMs: number) => ({ lte: new Date(now.getTime() - keptMs) })
  await db().smsCount.deleteMany({ where: { hour: before(COUNTS_KEPT_MS) } })
  await db().newNumberSend.deleteMany({ where: { sentAt: before(SENDS_KEPT_MS) } })
}
