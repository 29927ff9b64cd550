import { db, type Tx } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { HOUR_MS } from './limits'
import type { StaffMember } from './staff'

/**
 * How many look-ups somebody has left now, of how many in an hour, and when there is one more; null while
 * all are left.
 */
export type LookUpsLeft = { left: number; of: number; moreAt: Date | null }

/** Counts the look-ups of somebody in the last hour, whatever they found. */
export async function countLookUps(tx: Tx, staffId: string, now: Date): Promise<LookUpsLeft> {
  const of = env().CARE_LOOK_UPS_PER_HOUR
  const counted = await tx.staffEvent.findMany({
    where: {
      staffId,
      type: { in: ['looked_up', 'look_up_failed'] },
      at: { gt: new Date(now.getTime() - HOUR_MS) },
    },
    orderBy: { at: 'desc' },
    take: of,
    select: { at: true },
  })
  const oldest = counted.at(-1)
  const moreAt = oldest ? new Date(oldest.at.getTime() + HOUR_MS) : null
  return { left: of - counted.length, of, moreAt }
}

/** How many look-ups a member of staff has left, for the page of the search. Reading counts nothing. */
export const readLookUpsLeft = ({ staffId }: StaffMember, now: Date): Promise<LookUpsLeft> =>
  countLookUps(db(), staffId, now)
