import type { Caller } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { type HeldAddress, listAddresses, markReclaimed, maskAddress } from '@/lib/addresses'
import {
  type ChallengeView,
  type CodeRefusal,
  findChallenge,
  limitSends,
  redeemChallenge,
  viewChallenge,
} from '@/lib/challenges'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import { creditRecoveryCheck } from '@/lib/points'
import { isReverificationDue } from './due'
import { sendCodeTo } from './send-code'
import { type AddressSlot, holderOf } from './slot'

/**
 * Sends a code to a recovery address, or to a number that somebody else has by what its operator says.
 * Refused: `nothing_to_reverify` when it was verified within a year and is not recycled, or is not
 * there; `send_throttled` with seconds.
 */
export async function requestReverification(
  caller: Caller,
  slot: AddressSlot,
): Promise<Result<undefined, 'nothing_to_reverify' | 'send_throttled'>> {
  const { userId, now } = caller
  if (!(await findDue(db(), userId, slot, now))) return refuse('nothing_to_reverify')
  const throttled = await limitSends('reverify_recovery', { userId })
  return throttled ?? transaction((tx) => ask(tx, caller, slot))
}

/**
 * Redeems the code, which verifies that the customer still reads the address. The record that a number
 * is recycled is cleared, without a reward. Event, notifications and reward commit with it. Returns the points
 * credited.
 * Refused as by `redeemChallenge`, and `nothing_to_reverify` when the address was removed meanwhile.
 */
export async function reverifyAddress(
  { userId, origin, now }: Caller,
  code: string,
): Promise<Result<number, CodeRefusal | 'nothing_to_reverify'>> {
  return redeemChallenge(
    { ref: { userId }, purpose: 'reverify_recovery', code, origin, now },
    async (tx, challenge) => {
      const isReclaimed = await markReclaimed(tx, challenge.addressId ?? '')
      const notify = await listAddresses(tx, userId)
      const verified = notify.find(({ id }) => id === challenge.addressId)
      if (!verified) return refuse('nothing_to_reverify')
      const { address: about } = verified
      const type = isReclaimed ? 'number_reclaimed' : 'recovery_reverified'
      await recordEvent(tx, { userId, type, origin, now, notify, about })
      if (isReclaimed) return done(0)
      return done(await creditRecoveryCheck(tx, { userId, address: about, now }))
    },
  )
}

/**
 * The address in this slot that is due, masked, with the view of its open challenge; null when it is
 * not due. `isRecycled`: why.
 */
export async function findReverification(
  userId: string,
  slot: AddressSlot,
  now: Date,
): Promise<{ mask: string; isRecycled: boolean; view: ChallengeView | null } | null> {
  const due = await findDue(db(), userId, slot, now)
  if (!due) return null
  const challenge = await findChallenge({ userId }, 'reverify_recovery', now)
  const isOpen = challenge?.addressId === due.id
  return {
    mask: maskAddress(due.address),
    isRecycled: due.isRecycled,
    view: isOpen ? await viewChallenge({ userId }, 'reverify_recovery', now) : null,
  }
}

async function ask(
  tx: Tx,
  caller: Caller,
  slot: AddressSlot,
): Promise<Result<undefined, 'nothing_to_reverify'>> {
  const { userId, now } = caller
  const { isFrozen } = await lockUser(tx, userId)
  const due = await findDue(tx, userId, slot, now)
  if (isFrozen || !due) return refuse('nothing_to_reverify')
  await sendCodeTo(tx, caller, 'reverify_recovery', due)
  return done()
}

/** A primary address is due only when it is recycled. */
async function findDue(
  tx: Tx,
  userId: string,
  slot: AddressSlot,
  now: Date,
): Promise<HeldAddress | undefined> {
  const held = holderOf(await listAddresses(tx, userId), slot)
  const isStale = held?.role === 'recovery' && isReverificationDue(held, now)
  return held?.isRecycled || isStale ? held : undefined
}
