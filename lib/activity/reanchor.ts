import type { Tx } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result } from '@/lib/platform/result'
import type { SecurityEvent } from '@/prisma/client/client'
import { anchorRow, readActivity } from './chain'
import { makeDigests } from './digests'
import { recordEvent } from './record'
import { refuseAltered } from './verify'

/** Nobody's request: the product does it on schedule. */
const SCHEDULE: Origin = { ip: 'schedule', userAgent: '' }

/**
 * Gives the rows of older versions digests and anchors, so that their values can be erased and the
 * activity still verifies. Each row is anchored once. How many were is recorded in the activity, and
 * nobody is notified. The caller holds the lock of the user. Refused: `activity_altered` when a row
 * differs from what was written, `key_missing` when this process cannot tell. Such an activity stays
 * as it is, or the change could no longer be found.
 */
export async function reanchorActivity(
  tx: Tx,
  userId: string,
  now: Date,
): Promise<Result<undefined, 'activity_altered' | 'key_missing'>> {
  const activity = await readActivity(tx, userId)
  const { events, activityStart } = activity
  const former = events.filter(({ originDigest }) => originDigest === null)
  if (former.length === 0) return done()
  const refusal = await refuseAltered(activity, now)
  if (refusal) return refusal
  let previous = activityStart?.hash ?? null
  for (const event of events) {
    if (event.originDigest === null) await anchor(tx, event, previous)
    previous = event.hash
  }
  const rows = former.length
  await recordEvent(tx, { userId, type: 'reanchored', rows, origin: SCHEDULE, now, notify: [] })
  return done()
}

async function anchor(tx: Tx, event: SecurityEvent, previous: string | null) {
  const digests = makeDigests(event)
  const anchor = anchorRow({ ...event, ...digests }, previous)
  await tx.securityEvent.update({ where: { id: event.id }, data: { ...digests, anchor } })
}
