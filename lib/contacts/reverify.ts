import type { Caller } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { type HeldAddress, listAddresses, maskAddress } from '@/lib/addresses'
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
import type { AddressKind } from '@/prisma/client/enums'
import { isReverificationDue } from './due'
import { sendCodeTo } from './send-code'
import { recoveryOf } from './slot'

/**
 * Sends a code to the recovery address of this kind. Refused: `nothing_to_reverify` when it was
 * verified within a year or is not there; `send_throttled` with seconds.
 */
export async function requestReverification(
  caller: Caller,
  kind: AddressKind,
): Promise<Result<undefined, 'nothing_to_reverify' | 'send_throttled'>> {
  const { userId, now } = caller
  if (!(await findDue(db(), userId, kind, now))) return refuse('nothing_to_reverify')
  const throttled = await limitSends('reverify_recovery', { userId })
  return throttled ?? transaction((tx) => ask(tx, caller, kind))
}

/**
 * Redeems the code, which verifies that the customer still reads the address. Event, notifications
 * and reward commit with it. Returns the points credited. Refused as by `redeemChallenge`, and
 * `nothing_to_reverify` when the address was removed meanwhile.
 */
export async function reverifyRecoveryAddress(
  { userId, origin, now }: Caller,
  code: string,
): Promise<Result<number, CodeRefusal | 'nothing_to_reverify'>> {
  return redeemChallenge(
    { ref: { userId }, purpose: 'reverify_recovery', code, origin, now },
    async (tx, challenge) => {
      const notify = await listAddresses(tx, userId)
      const about = notify.find(({ id }) => id === challenge.addressId)?.address
      if (!about) return refuse('nothing_to_reverify')
      await recordEvent(tx, { userId, type: 'recovery_reverified', origin, now, notify, about })
      return done(await creditRecoveryCheck(tx, { userId, address: about, now }))
    },
  )
}

/**
 * The recovery address of this kind that is due, masked, with the view of its open challenge; null
 * when none is due.
 */
export async function findReverification(
  userId: string,
  kind: AddressKind,
  now: Date,
): Promise<{ mask: string; view: ChallengeView | null } | null> {
  const due = await findDue(db(), userId, kind, now)
  if (!due) return null
  const challenge = await findChallenge({ userId }, 'reverify_recovery', now)
  const isOpen = challenge?.addressId === due.id
  return {
    mask: maskAddress(due.address),
    view: isOpen ? await viewChallenge({ userId }, 'reverify_recovery', now) : null,
  }
}

async function ask(
  tx: Tx,
  caller: Caller,
  kind: AddressKind,
): Promise<Result<undefined, 'nothing_to_reverify'>> {
  const { userId, now } = caller
  const { isFrozen } = await lockUser(tx, userId)
  const due = await findDue(tx, userId, kind, now)
  if (isFrozen || !due) return refuse('nothing_to_reverify')
  await sendCodeTo(tx, caller, 'reverify_recovery', due)
  return done()
}

async function findDue(
  tx: Tx,
  userId: string,
  kind: AddressKind,
  now: Date,
): Promise<HeldAddress | undefined> {
  const held = recoveryOf(await listAddresses(tx, userId), kind)
  return held && isReverificationDue(held, now) ? held : undefined
}
