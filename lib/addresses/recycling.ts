import type { Tx } from '@/lib/platform/db'

/**
 * Records that somebody else has a number since `verifiedAt`. False when that was recorded before, or
 * the number was verified again or removed meanwhile.
 */
export async function markRecycled(
  tx: Tx,
  { id, verifiedAt, now }: { id: string; verifiedAt: Date; now: Date },
): Promise<boolean> {
  const { count } = await tx.address.updateMany({
    where: { id, recycledAt: null, removedAt: null, lastVerifiedAt: verifiedAt },
    data: { recycledAt: now },
  })
  return count === 1
}

/**
 * Clears the record because customer care vouches for the owner. The number counts as verified now, so
 * the operator is next asked about a change of owner after today. False when nothing was recorded.
 */
export async function markTrusted(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.address.updateMany({
    where: { id, recycledAt: { not: null }, removedAt: null },
    data: { recycledAt: null, lastVerifiedAt: now },
  })
  return count === 1
}

/** Clears the record: the owner of the account has the number. False when nothing was recorded. */
export async function markReclaimed(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx.address.updateMany({
    where: { id, recycledAt: { not: null } },
    data: { recycledAt: null },
  })
  return count === 1
}
