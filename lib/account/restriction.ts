import { type AnyAddress, lookupOf } from '@/lib/address'
import type { Tx } from '@/lib/db'
import { type Refused, refuse } from '@/lib/result'

const SECOND_MS = 1_000
const RESTRICTION_MS = 24 * 60 * 60 * SECOND_MS

/**
 * Restricts an account for 24 hours after a reset or thaw, in its transaction: who has taken over one address cannot spend points
 * or change addresses before the others have had time to object. `provenBy` is what let the caller in, and cannot lift it.
 */
export async function restrictAccount(tx: Tx, userId: string, provenBy: readonly AnyAddress[], now: Date): Promise<void> {
  const restrictedUntil = new Date(now.getTime() + RESTRICTION_MS)
  await tx.user.update({ where: { id: userId }, data: { restrictedUntil, restrictedBy: provenBy.map(lookupOf) } })
}

/** A refusal with the seconds that remain, while an account is restricted. Whoever decides on it has locked the user. */
export async function refuseRestricted(tx: Tx, userId: string, now: Date): Promise<Refused<'account_restricted'> | undefined> {
  const { restrictedUntil } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { restrictedUntil: true } })
  const remaining = (restrictedUntil?.getTime() ?? 0) - now.getTime()
  return remaining > 0 ? refuse('account_restricted', Math.ceil(remaining / SECOND_MS)) : undefined
}
