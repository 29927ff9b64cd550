import { reportUsedUp } from '@/lib/activity'
import { db } from '@/lib/platform/db'
import { takeOnce } from '@/lib/platform/limit-uses'
import type { Origin } from '@/lib/platform/origin'
import { strangerKey } from './purposes'

const DAY_SECONDS = 24 * 60 * 60

/** Whose reset, by what was submitted. `userId`: null for an unknown account and for a decoy. */
type Asked = { userId: string | null; rateLimitKey: string; path: string }

/**
 * Reports that unknown browsers ask for more codes of a reset than are free, once a day for each
 * identifier and path: the owner is notified and gets a link with sends of its own.
 *
 * An account is named by two identifiers, and its addresses receive ten codes a day. So these are
 * not used up before one identifier has had more than its three free ones, by requests or by further
 * codes. The statements depend on the count of the identifier alone (ASVS 6.3.8).
 */
export async function reportExcess(
  { userId, rateLimitKey, path }: Asked,
  origin: Origin,
  now: Date,
): Promise<void> {
  const isFirst = await takeOnce(`sends-notice:${strangerKey(rateLimitKey, path)}`, DAY_SECONDS)
  if (isFirst) await reportUsedUp(db(), { userId, what: 'sends', origin, now })
}
