import { recordEvent } from '@/lib/activity'
import { type AnyAddress, type HeldAddress, listAddresses, lookupOf, lookupsOf, maskAddress } from '@/lib/address'
import {
  answerChallenge,
  type ChallengeView,
  type CodeRefusal,
  issueToUser,
  spendChallenge,
  viewChallenge,
} from '@/lib/challenge'
import { db, type Tx, transaction } from '@/lib/db'
import { ownSends, takeSend } from '@/lib/limits'
import type { Locale } from '@/lib/locale'
import type { Origin } from '@/lib/origin'
import { done, type Refused, type Result, refuse } from '@/lib/result'

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
  const seconds = secondsLeft(await readUser(tx, userId), now)
  return seconds > 0 ? refuse('account_restricted', seconds) : undefined
}

/** A restriction in force, and the addresses that a code to may lift it, masked. */
export type Restriction = { until: Date; secondsLeft: number; lifters: { id: string; mask: string; kind: 'email' | 'phone' }[] }

/** Reads the restriction of an account; null when there is none. */
export async function findRestriction(userId: string, now: Date): Promise<Restriction | null> {
  const user = await readUser(db(), userId)
  const { restrictedUntil: until } = user
  if (!until || until <= now) return null
  const lifters = await listLifters(db(), userId)
  return {
    until,
    secondsLeft: secondsLeft(user, now),
    lifters: lifters.map(({ id, address }) => ({ id, mask: maskAddress(address), kind: address.kind })),
  }
}

/** The open question that lifts the restriction, for its code screen; null when there is none. */
export async function findLiftStep(userId: string, now: Date): Promise<ChallengeView | null> {
  return (await findRestriction(userId, now)) && viewChallenge({ userId }, 'lift_restriction', now)
}

export type Lifter = { userId: string; locale: Locale; origin: Origin; now: Date }

export type LiftRefusal = 'not_restricted' | 'lifter_gone'

/** Asks an address that did not let the customer in whether the restriction may be lifted. */
export async function requestLift(
  { userId, locale, origin, now }: Lifter,
  addressId: string,
): Promise<Result<undefined, LiftRefusal | 'send_throttled'>> {
  if (!(await findRestriction(userId, now))) return refuse('not_restricted')
  const chosen = await findLifter(db(), userId, addressId)
  if (!chosen) return refuse('lifter_gone')
  const throttled = await takeSend(ownSends(userId), origin.ip)
  if (throttled) return throttled
  const { address } = chosen
  const channel = address.kind === 'email' ? 'email' : 'sms'
  const question = { userId, subject: lookupOf(address), recipients: [address], channel, addressId, locale, now } as const
  await transaction((tx) => issueToUser(tx, { ...question, purpose: 'lift_restriction' }))
  return done()
}

/** The code lifts the restriction; event and notices commit with it. */
export async function liftRestriction(
  { userId, origin, now }: Lifter,
  code: string,
): Promise<Result<undefined, CodeRefusal | LiftRefusal>> {
  const answered = await answerChallenge(
    { ref: { userId }, purpose: 'lift_restriction', code, origin, now },
    async (tx, challenge) => {
      await spendChallenge(tx, challenge.id, now)
      const chosen = await findLifter(tx, userId, challenge.addressId)
      if (!chosen) return refuse('lifter_gone')
      const lifted = await tx.user.updateMany({
        where: { id: userId, restrictedUntil: { gt: now } },
        data: { restrictedUntil: null, restrictedBy: [] },
      })
      if (lifted.count === 0) return refuse('not_restricted')
      const notify = await listAddresses(tx, userId)
      await recordEvent(tx, { userId, type: 'restriction_lifted', origin, now, notify, about: chosen.address })
      return done()
    },
  )
  return answered.ok ? answered.value : answered
}

async function findLifter(tx: Tx, userId: string, addressId: string | null) {
  return (await listLifters(tx, userId)).find(({ id }) => id === addressId)
}

/** An address that was confirmed since the restriction began may be the work of whoever it holds back. */
async function listLifters(tx: Tx, userId: string): Promise<HeldAddress[]> {
  const { restrictedUntil, restrictedBy } = await readUser(tx, userId)
  const began = (restrictedUntil?.getTime() ?? 0) - RESTRICTION_MS
  const held = await listAddresses(tx, userId)
  return held.filter(({ address, confirmedAt }) => {
    const isProof = lookupsOf(address).some((lookup) => restrictedBy.includes(lookup))
    return confirmedAt !== null && confirmedAt.getTime() <= began && !isProof
  })
}

function secondsLeft({ restrictedUntil }: { restrictedUntil: Date | null }, now: Date) {
  return Math.max(0, Math.ceil(((restrictedUntil?.getTime() ?? 0) - now.getTime()) / SECOND_MS))
}

function readUser(tx: Tx, userId: string) {
  return tx.user.findUniqueOrThrow({ where: { id: userId }, select: { restrictedUntil: true, restrictedBy: true } })
}
