import {
  type Caller,
  RESTRICTION_MS,
  readRestriction,
  restrictionSecondsLeft,
} from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import {
  blindIndexesOf,
  type HeldAddress,
  isProof,
  listAddresses,
  withMasks,
} from '@/lib/addresses'
import {
  type ChallengeView,
  type CodeRefusal,
  issueToUser,
  limitSends,
  redeemChallenge,
  viewChallenge,
} from '@/lib/challenges'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'

/** A restriction in force, and the addresses whose code lifts it, masked. */
export type Restriction = {
  until: Date
  secondsLeft: number
  lifters: { id: string; mask: string; kind: 'email' | 'phone' }[]
}

/** Reads the restriction of an account; null when there is none. */
export async function findRestriction(userId: string, now: Date): Promise<Restriction | null> {
  const user = await readRestriction(db(), userId)
  const { restrictedUntil: until } = user
  if (!until || until <= now) return null
  const lifters = await listLifters(db(), userId)
  return {
    until,
    secondsLeft: restrictionSecondsLeft(user, now),
    lifters: withMasks(lifters).map(({ id, mask, address: { kind } }) => ({ id, mask, kind })),
  }
}

/** The open challenge that lifts the restriction, for its code screen; null when there is none. */
export async function findLiftStep(userId: string, now: Date): Promise<ChallengeView | null> {
  return (await findRestriction(userId, now)) && viewChallenge({ userId }, 'lift_restriction', now)
}

export type LiftRefusal = 'not_restricted' | 'lifter_gone'

/**
 * Sends a code that lifts the restriction to an address that did not verify the customer before.
 * Refused: `not_restricted`, `lifter_gone`, `send_throttled` with seconds.
 */
export async function requestLift(
  caller: Caller,
  addressId: string,
): Promise<Result<undefined, LiftRefusal | 'send_throttled'>> {
  const { userId, now } = caller
  if (!(await findRestriction(userId, now))) return refuse('not_restricted')
  if (!(await findLifter(db(), userId, addressId))) return refuse('lifter_gone')
  const throttled = await limitSends('lift_restriction', { userId })
  return throttled ?? transaction((tx) => askLifter(tx, caller, addressId))
}

/**
 * Redeems the code and lifts the restriction; event and notifications commit with it. Refused as by
 * `redeemChallenge`; `not_restricted`; `lifter_gone`.
 */
export async function liftRestriction(
  { userId, origin, now }: Caller,
  code: string,
): Promise<Result<undefined, CodeRefusal | LiftRefusal>> {
  return redeemChallenge(
    { ref: { userId }, purpose: 'lift_restriction', code, origin, now },
    async (tx, challenge) => {
      const chosen = await findLifter(tx, userId, challenge.addressId)
      if (!chosen) return refuse('lifter_gone')
      const lifted = await tx.user.updateMany({
        where: { id: userId, restrictedUntil: { gt: now } },
        data: { restrictedUntil: null, restrictedBy: [] },
      })
      if (lifted.count === 0) return refuse('not_restricted')
      const notify = await listAddresses(tx, userId)
      await recordEvent(tx, {
        userId,
        type: 'restriction_lifted',
        origin,
        now,
        notify,
        about: chosen.address,
      })
      return done()
    },
  )
}

/** An address that was removed meanwhile gets no code, and neither does a frozen account. */
async function askLifter(
  tx: Tx,
  { userId, locale, now }: Caller,
  addressId: string,
): Promise<Result<undefined, LiftRefusal>> {
  const { isFrozen } = await lockUser(tx, userId)
  const secondsLeft = restrictionSecondsLeft(await readRestriction(tx, userId), now)
  if (secondsLeft === 0) return refuse('not_restricted')
  const chosen = await findLifter(tx, userId, addressId)
  if (isFrozen || !chosen) return refuse('lifter_gone')
  const { address } = chosen
  const question = {
    userId,
    rateLimitKeys: blindIndexesOf(address),
    recipients: [address],
    addressId,
  }
  await issueToUser(tx, { ...question, purpose: 'lift_restriction', locale, now })
  return done()
}

async function findLifter(tx: Tx, userId: string, addressId: string | null) {
  return (await listLifters(tx, userId)).find(({ id }) => id === addressId)
}

/** An address that was confirmed after the restriction started may belong to the thief. */
async function listLifters(tx: Tx, userId: string): Promise<HeldAddress[]> {
  const { restrictedUntil, restrictedBy } = await readRestriction(tx, userId)
  const began = (restrictedUntil?.getTime() ?? 0) - RESTRICTION_MS
  const held = await listAddresses(tx, userId)
  return held.filter((one) => {
    const { address, confirmedAt } = one
    const isUsed = blindIndexesOf(address).some((blindIndex) => restrictedBy.includes(blindIndex))
    return isProof(one) && Number(confirmedAt) <= began && !isUsed
  })
}
