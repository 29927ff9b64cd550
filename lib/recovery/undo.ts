import { recordEvent } from '@/lib/activity'
import {
  type AddRefusal,
  addAddress,
  listAddresses,
  type PastAddress,
  removeAddress,
} from '@/lib/addresses'
import type { Tx } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import { reverseRecoveryReward } from '@/lib/points'
import { isAmong, type Review, type SlotReview } from './review'

/**
 * `undo_taken`: another account now has the earlier address as primary. `undo_conflict`: a slot
 * that is kept has it.
 */
export type UndoRefusal = 'undo_taken' | 'undo_conflict'

type Undo = {
  userId: string
  review: Review
  undone: readonly SlotReview[]
  origin: Origin
  now: Date
}

/**
 * Restores the earlier address of some slots, removes the present one, and reverses the points that
 * it earned. Refused: `undo_taken`, `undo_conflict`; the caller must then roll back.
 */
export async function undoSlots(tx: Tx, undo: Undo): Promise<Result<undefined, UndoRefusal>> {
  const { userId, review, undone, origin, now } = undo
  // Removes all before it restores any: an address may have moved from one slot to another.
  for (const { present } of undone) if (present) await removeAddress(tx, present.id, now)
  for (const { earlier } of undone) {
    const added = earlier && (await putBack(tx, earlier, origin, now))
    if (added && !added.ok && !isLost(earlier, added.refusal))
      return refuse(added.refusal === 'taken' ? 'undo_taken' : 'undo_conflict')
  }
  const held = review.slots.flatMap(({ earlier }) => earlier ?? [])
  for (const { address } of undone.flatMap(({ present }) => present ?? []))
    if (!isAmong(held, address)) await reverseRecoveryReward(tx, { userId, address, now })
  return done()
}

/**
 * Writes one event for each undone slot. The removed addresses get a notification without a secure
 * link, with which a thief could freeze the account again and again.
 */
export async function recordUndone(tx: Tx, { userId, undone, origin, now }: Undo): Promise<void> {
  const notify = await listAddresses(tx, userId)
  for (const { earlier, present } of undone) {
    const isGone = present && !isAmong(notify, present.address)
    await recordEvent(tx, {
      userId,
      type: 'change_undone',
      origin,
      now,
      notify,
      tell: isGone ? [present] : [],
      about: (earlier ?? present)?.address,
      previous: earlier && present?.address,
    })
  }
}

/**
 * An unconfirmed e-mail that another account has meanwhile is not restored: it reserves nothing.
 */
const isLost = ({ confirmedAt }: PastAddress, refusal: AddRefusal) =>
  confirmedAt === null && refusal === 'taken'

function putBack(
  tx: Tx,
  { userId, role, address, confirmedAt, isUsable, ...kept }: PastAddress,
  origin: Origin,
  now: Date,
) {
  return addAddress(tx, {
    userId,
    role,
    address,
    confirmedAt: confirmedAt && now,
    lastVerifiedAt: kept.lastVerifiedAt,
    recycledAt: kept.recycledAt,
    consent: kept.consent,
    worksUnconfirmed: confirmedAt === null && isUsable,
    origin,
    now,
  })
}
