import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import type { Tx } from '@/lib/platform/db'
import { type Refused, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'

const SECOND_MS = 1_000
export const RESTRICTION_MS = 24 * 60 * 60 * SECOND_MS

/**
 * An account is restricted for 24 hours after a reset or an unfreeze. Returns the end of the
 * restriction, and the blind indexes of the addresses that cannot lift it: they verified the caller. A
 * thief who controls one address can then neither spend points nor change addresses before the owner
 * reacts at another one.
 */
export const restrictionOf = (provenBy: readonly AnyAddress[], now: Date): [Date, string[]] => [
  new Date(now.getTime() + RESTRICTION_MS),
  provenBy.map(blindIndexOf),
]

/**
 * Returns `account_restricted` with the remaining seconds; undefined without a restriction. A
 * caller that writes afterwards must have locked the user.
 */
export async function refuseRestricted(
  tx: Tx,
  userId: string,
  now: Date,
): Promise<Refused<'account_restricted'> | undefined> {
  const seconds = restrictionSecondsLeft(await readRestriction(tx, userId), now)
  if (seconds === 0) return undefined
  logSecurity('authz_fail', { userId, reason: 'account_restricted' })
  return refuse('account_restricted', seconds)
}

/** The whole seconds until a restriction ends; 0 without one. */
export function restrictionSecondsLeft(
  { restrictedUntil }: { restrictedUntil: Date | null },
  now: Date,
) {
  return Math.max(0, Math.ceil(((restrictedUntil?.getTime() ?? 0) - now.getTime()) / SECOND_MS))
}

/** The stored restriction of a user, which may be over. */
export function readRestriction(tx: Tx, userId: string) {
  return tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { restrictedUntil: true, restrictedBy: true },
  })
}
