import type { Tx } from '@/lib/platform/db'
import { type AnyTx, sendIn, statement } from '@/lib/platform/statement'
import type { AnyAddress } from './address'
import { blindIndexesOf } from './blind-index'

/**
 * Records that a code which went to this address alone was entered, in every slot where the user
 * holds it confirmed.
 */
export async function markVerified(
  tx: AnyTx,
  userId: string,
  address: AnyAddress,
  now: Date,
): Promise<void> {
  await sendIn(tx, MARK_VERIFIED, [userId, blindIndexesOf(address), now])
}

const MARK_VERIFIED = statement(
  'mark_verified',
  `update "Address" set "lastVerifiedAt" = $3::timestamptz
  where "userId" = $1::uuid and "blindIndex" = any($2::text[]) and "removedAt" is null
    and "confirmedAt" is not null and ("lastVerifiedAt" is null or "lastVerifiedAt" < $3::timestamptz)`,
)

type Sent = { sentAt: Date }

/**
 * Marks an address as unreachable in every account that holds it, and keeps the time of the first
 * mark. It marks nothing when a later message arrived there, or when the address was confirmed
 * later.
 */
export async function markUnreachable(
  tx: Tx,
  address: AnyAddress,
  { sentAt, now }: Sent & { now: Date },
): Promise<void> {
  const isOlder = (name: 'reachedAt' | 'confirmedAt') => ({
    OR: [{ [name]: null }, { [name]: { lte: sentAt } }],
  })
  const where = {
    blindIndex: { in: blindIndexesOf(address) },
    removedAt: null,
    unreachableAt: null,
  }
  await tx.address.updateMany({
    where: { ...where, AND: [isOlder('reachedAt'), isOlder('confirmedAt')] },
    data: { unreachableAt: now },
  })
}

/** Clears the mark, and records the time at which the newest delivered message was sent. */
export async function markReachable(tx: Tx, address: AnyAddress, { sentAt }: Sent): Promise<void> {
  const where = { blindIndex: { in: blindIndexesOf(address) }, removedAt: null }
  await tx.address.updateMany({
    where: { ...where, unreachableAt: { not: null } },
    data: { unreachableAt: null },
  })
  await tx.address.updateMany({
    where: { ...where, OR: [{ reachedAt: null }, { reachedAt: { lt: sentAt } }] },
    data: { reachedAt: sentAt },
  })
}
