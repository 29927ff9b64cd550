import { hashPassword, replacePassword } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { listAddresses } from '@/lib/addresses'
import { restoreAttempts } from '@/lib/challenges'
import { newSecret } from '@/lib/platform/crypto'
import { lockUser, transaction, transactionUnlessRefused } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import {
  freezeAccount,
  openAccount,
  recordUndone,
  reviewSlots,
  type SlotName,
  type UndoRefusal,
  undoSlots,
} from '@/lib/recovery'

export type CareRefusal = 'not_frozen' | 'already_frozen' | 'not_disputed' | UndoRefusal

/**
 * An action of customer care, and its reason. The reason is stored in the event, and the customer
 * is notified.
 */
export type CareAct = { userId: string; reason: string; now: Date }

/** The device of a notification is unknown: it is not the customer's. */
const CARE: Origin = { ip: 'customer-care', userAgent: '' }

/** Freezes an account for a customer who has no link at hand. */
export async function freezeByCare({
  userId,
  reason,
  now,
}: CareAct): Promise<Result<undefined, CareRefusal>> {
  return transaction(async (tx) => {
    if ((await lockUser(tx, userId)).isFrozen) return refuse('already_frozen')
    await freezeAccount(tx, { userId, origin: CARE, now, reason })
    return done()
  })
}

/**
 * Unfreezes an account for a customer who cannot verify two undisputed addresses, and undoes the
 * named slots. The password is replaced by one that nobody knows, and the owner sets a new one by a
 * reset: staff neither choose nor see it (ASVS 6.4.6).
 * Refused: `not_frozen`, `not_disputed`, the reasons of an undo.
 */
export async function unfreezeByCare(
  { userId, reason, now }: CareAct,
  undo: readonly SlotName[],
): Promise<Result<undefined, CareRefusal>> {
  const passwordHash = await hashPassword(newSecret())
  return transactionUnlessRefused(async (tx) => {
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
    await openAccount(tx, userId, now)
    await replacePassword(tx, {
      userId,
      passwordHash,
      type: 'unfrozen_by_care',
      provenBy: [],
      reason,
      origin: CARE,
      now,
    })
    await recordUndone(tx, undoing)
    return done()
  })
}

/**
 * Gives an account the attempts of every path back. Codes are asked for as before.
 */
export async function restoreAttemptsByCare({ userId, reason, now }: CareAct): Promise<void> {
  await transaction(async (tx) => {
    await lockUser(tx, userId)
    const notify = await listAddresses(tx, userId)
    await restoreAttempts(tx, userId)
    await recordEvent(tx, { userId, type: 'attempts_restored', reason, origin: CARE, now, notify })
  })
}
