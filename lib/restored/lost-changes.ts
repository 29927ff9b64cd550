import * as z from 'zod'

/**
 * What the log of security events says about the time since a backup, by the ids of accounts:
 * `changed`: whose password or addresses the backup may hold in an earlier state; `frozen`: whose last
 * such event is a freeze; `erased`: who must be erased again.
 */
export type LostChanges = { changed: string[]; frozen: string[]; erased: string[] }

const line = z.object({
  kind: z.literal('security'),
  time: z.iso.datetime().transform((text) => new Date(text)),
  event: z.string(),
  userId: z.uuid(),
  change: z.string().optional(),
})

const UNFROZEN = ['unfrozen', 'unfrozen_by_care']
const CHANGING = ['authn_password_change', 'authn_login_lock', 'user_updated', 'user_deleted']

/** Reads the lines of a log that are later than the backup. Lines of another kind are passed over. */
export async function readLostChanges(
  lines: AsyncIterable<string>,
  takenAt: Date,
): Promise<LostChanges> {
  const changed = new Set<string>()
  const erased = new Set<string>()
  const locks = new Map<string, { at: Date; isFrozen: boolean }>()
  for await (const text of lines) {
    const read = line.safeParse(parse(text))
    if (!read.success || read.data.time < takenAt) continue
    const { event, userId, change = '', time: at } = read.data
    if (CHANGING.includes(event)) changed.add(userId)
    if (event === 'user_deleted') erased.add(userId)
    const isFrozen = event === 'authn_login_lock'
    const isLater = at >= (locks.get(userId)?.at ?? at)
    if ((isFrozen || UNFROZEN.includes(change)) && isLater) locks.set(userId, { at, isFrozen })
  }
  const frozen = [...locks].flatMap(([userId, lock]) => (lock.isFrozen ? [userId] : []))
  return { changed: [...changed], frozen, erased: [...erased] }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
