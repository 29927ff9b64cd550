import { replacePassword } from '@/lib/accounts'
import { deleteLinksTo, recordEvent } from '@/lib/activity'
import { type HeldAddress, listAddresses, markTrusted, withdrawAddress } from '@/lib/addresses'
import { closeChallenges, restoreAttempts } from '@/lib/challenges'
import { lockUser, type Tx } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import {
  freezeAccount,
  openAccount,
  recordEnded,
  recordUndone,
  reviewSlots,
  type SlotName,
  type UndoRefusal,
  undoSlots,
} from '@/lib/recovery'
import { CARE } from './care-origin'

export type CareRefusal = 'not_frozen' | 'already_frozen' | 'not_disputed' | UndoRefusal

/**
 * An action of customer care, and its reason. The reason is stored in the event, and the customer
 * is notified.
 */
export type CareAct = { userId: string; reason: string; now: Date }

/** Freezes an account in the caller's transaction. Refused: `already_frozen`. */
export async function freezeIn(
  tx: Tx,
  { userId, reason, now }: CareAct,
): Promise<Result<undefined, 'already_frozen'>> {
  if ((await lockUser(tx, userId)).isFrozen) return refuse('already_frozen')
  await freezeAccount(tx, { userId, origin: CARE, now, reason, by: 'care' })
  return done()
}

/** What an unfreeze undoes, and the hash of a password that nobody knows. */
export type Unfreeze = { undo: readonly SlotName[]; passwordHash: string }

/**
 * Unfreezes an account in the caller's transaction, and undoes the named slots. Refused: `not_frozen`,
 * `not_disputed`, the reasons of an undo; the caller must then roll back.
 */
export async function unfreezeIn(
  tx: Tx,
  { userId, reason, now }: CareAct,
  { undo, passwordHash }: Unfreeze,
): Promise<Result<undefined, CareRefusal>> {
  await lockUser(tx, userId)
  const { frozenAt } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { frozenAt: true },
  })
  if (!frozenAt) return refuse('not_frozen')
  const review = await reviewSlots(tx, userId, frozenAt)
  const undone = review.slots.filter(({ slot }) => undo.includes(slot))
  if (!undone.every(({ isDisputed }) => isDisputed)) return refuse('not_disputed')
  const undoing = { userId, review, undone, origin: CARE, now }
  const outcome = await undoSlots(tx, undoing)
  if (!outcome.ok) return outcome
  const ended = await openAccount(tx, userId, now)
  const event = { type: 'unfrozen_by_care', provenBy: [], reason, origin: CARE } as const
  await replacePassword(tx, { userId, passwordHash, ...event, now })
  await recordUndone(tx, undoing)
  await recordEnded(tx, ended, { userId, because: 'opened_by_care', now })
  return done()
}

/** Gives an account the attempts of every path back, in the caller's transaction. */
export async function restoreIn(tx: Tx, { userId, reason, now }: CareAct): Promise<void> {
  await lockUser(tx, userId)
  const notify = await listAddresses(tx, userId)
  await restoreAttempts(tx, userId)
  await recordEvent(tx, { userId, type: 'attempts_restored', reason, origin: CARE, now, notify })
}

/**
 * Removes an address that was never verified, in the caller's transaction: its codes close and its
 * links end, because its reader may be a stranger. Every other address is notified.
 */
export async function releaseIn(
  tx: Tx,
  { userId, reason, now }: CareAct,
  { id, address }: HeldAddress,
): Promise<void> {
  if (!(await withdrawAddress(tx, id, now))) throw new Error('the address was verified or removed')
  await closeChallenges(tx, { userId, addressId: id }, now)
  await deleteLinksTo(tx, id)
  const notify = await listAddresses(tx, userId)
  const event = { type: 'address_released', about: address, reason, origin: CARE } as const
  await recordEvent(tx, { userId, ...event, now, notify })
}

/**
 * Trusts a recycled number again, in the caller's transaction: codes and notices go there as before, and
 * it counts as verified now. Every address is notified, the number included.
 */
export async function trustIn(
  tx: Tx,
  { userId, reason, now }: CareAct,
  { id, address }: HeldAddress,
): Promise<void> {
  if (!(await markTrusted(tx, id, now))) throw new Error('the number is not recycled any more')
  const notify = await listAddresses(tx, userId)
  const event = { type: 'number_reclaimed', about: address, reason, origin: CARE } as const
  await recordEvent(tx, { userId, ...event, now, notify })
}
