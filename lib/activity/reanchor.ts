import type { Tx } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import { anchorRow, findFault, listLackingKeys, readActivity } from './chain'
import { makeDigests } from './digests'
import { recordEvent } from './record'

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
  const { events } = activity
  const former = events.filter(({ originDigest }) => originDigest === null)
  if (former.length === 0) return done()
  const found = findFault(activity, { lacking: await listLackingKeys(), now })
  if (found) return refuse(found.fault === 'key_missing' ? 'key_missing' : 'activity_altered')
  for (const event of former) {
    const digests = makeDigests(event)
    const previous = events[event.position - 2]?.hash ?? null
    const anchor = anchorRow({ ...event, ...digests }, previous)
    await tx.securityEvent.update({ where: { id: event.id }, data: { ...digests, anchor } })
  }
  const rows = former.length
  await recordEvent(tx, { userId, type: 'reanchored', rows, origin: SCHEDULE, now, notify: [] })
  return done()
}
