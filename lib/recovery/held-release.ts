import { isReader } from '@/lib/activity'
import { blindIndexesOf, type HeldAddress, isProof, listAddresses } from '@/lib/addresses'
import {
  type ChallengeView,
  type CodeRefusal,
  issueToFlow,
  limitSends,
  openRecipients,
  redeemChallenge,
  viewChallenge,
} from '@/lib/challenges'
import { hashSecret } from '@/lib/platform/crypto'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import type { Locale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import type { HeldPasswordEnd } from '@/prisma/client/enums'
import { takeEffect } from './held-effect'
import { type Held, HOLD_MS, listIndependent } from './held-password'

const PURPOSE = 'release_password'

/**
 * The held password of the browser that set it. `canRelease`: whether a recovery address can make it
 * work at once. `canBeStopped`: whether another address can stop it. `endedBy`: null while it waits.
 */
export type HeldView = {
  dueAt: Date
  canRelease: boolean
  canBeStopped: boolean
  endedBy: HeldPasswordEnd | null
}

/** Finds the held password of a browser; null when it has set none. */
export async function findHeldPassword(secret: string): Promise<HeldView | null> {
  const held = await readHeld(db(), secret)
  if (!held) return null
  const { dueAt, endedBy } = held
  const canRelease = endedBy === null && (await listReleasing(db(), held)).length > 0
  const others = listIndependent(await listAddresses(db(), held.userId), held.challenge)
  return { dueAt, canRelease, canBeStopped: others.some(isReader), endedBy }
}

/** The open challenge that releases the held password of a browser, for its code screen. */
export const findReleaseStep = (secret: string, now: Date): Promise<ChallengeView | null> =>
  viewChallenge({ secret }, PURPOSE, now)

type ReleaseRefusal = 'held_gone' | 'no_recovery'

/**
 * Sends a code to the recovery addresses of the account that were confirmed for 72 hours when the
 * password was held, and are not numbers that received the code of its reset. Refused: `held_gone`
 * when it waits no more; `no_recovery`; `send_throttled` with seconds.
 */
export async function requestRelease(
  secret: string,
  { locale, now }: { locale: Locale; now: Date },
): Promise<Result<undefined, ReleaseRefusal | 'send_throttled'>> {
  const held = await readOpen(db(), secret)
  if (!held) return refuseGone()
  const { userId } = held
  if ((await listReleasing(db(), held)).length === 0) return refuse('no_recovery')
  const throttled = await limitSends(PURPOSE, { userId })
  if (throttled) return throttled
  return transaction(async (tx) => {
    await lockUser(tx, userId)
    const open = await readOpen(tx, secret)
    if (!open) return refuseGone()
    const recipients = (await listReleasing(tx, open)).map(({ address }) => address)
    const [first] = recipients
    if (!first) return refuse('no_recovery')
    const question = { userId, rateLimitKeys: blindIndexesOf(first), recipients }
    await issueToFlow(tx, { ...question, purpose: PURPOSE, locale, now }, secret, [PURPOSE])
    return done()
  })
}

/**
 * Redeems the code from a recovery address: the held password replaces the present one at once, with
 * all that a reset does. Refused as by `redeemChallenge`; `held_gone` when it waits no more.
 */
export async function releaseByCode(
  secret: string,
  code: string,
  origin: Origin,
  now: Date,
): Promise<Result<undefined, CodeRefusal | 'held_gone'>> {
  return redeemChallenge(
    { ref: { secret }, purpose: PURPOSE, code, origin, now },
    async (tx, challenge) => {
      const held = await readOpen(tx, secret)
      if (held?.userId !== challenge.userId) return refuseGone()
      const provenBy = openRecipients(challenge)
      return (await takeEffect(tx, held, { provenBy, origin, now })) ? done() : refuseGone()
    },
  )
}

function readHeld(tx: Tx, secret: string): Promise<Held | null> {
  const secretHash = hashSecret(secret)
  return tx.heldPassword.findUnique({ where: { secretHash }, include: { challenge: true } })
}

async function readOpen(tx: Tx, secret: string): Promise<Held | undefined> {
  const held = await readHeld(tx, secret)
  return held?.endedAt === null ? held : undefined
}

/** Who has swapped a SIM may have added an address since. */
async function listReleasing(tx: Tx, { userId, heldAt, challenge }: Held): Promise<HeldAddress[]> {
  const since = heldAt.getTime() - HOLD_MS
  const held = await listAddresses(tx, userId)
  return listIndependent(held, challenge).filter(
    (one) => one.role === 'recovery' && isProof(one) && Number(one.confirmedAt) <= since,
  )
}

function refuseGone() {
  logSecurity('sequence_fail', { purpose: PURPOSE, reason: 'held_gone' })
  return refuse('held_gone')
}
