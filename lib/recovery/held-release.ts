import { replacePassword } from '@/lib/accounts'
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
import { repeat } from '@/lib/messaging'
import { hashSecret } from '@/lib/platform/crypto'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { reportError } from '@/lib/platform/error-report'
import type { Locale } from '@/lib/platform/locale'
import { log } from '@/lib/platform/log'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { findLiveCode } from '@/lib/saved-codes'
import type { HeldPasswordEnd } from '@/prisma/client/enums'
import { endOne, type Held, HOLD_MS, isStillProven, listIndependent } from './held-password'
import { cancelErasure } from './reset-erasure'
import { readPayload } from './reset-payload'
import { settleSavedCode } from './saved-code-use'

const EVERY_MS = 60 * 1_000
const AT_ONCE = 100
const PURPOSE = 'release_password'

/** It takes effect by itself: no browser asked for it at that time. */
const SCHEDULE: Origin = { ip: 'schedule', userAgent: '' }

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
      return (await release(tx, held, { provenBy, origin, now })) ? done() : refuseGone()
    },
  )
}

/** Releases the passwords whose wait is over, now and every minute until it is stopped. */
export function startReleases() {
  const stopping = new AbortController()
  const chore = repeat('releases', EVERY_MS, () => releaseDue(new Date(), stopping.signal))
  return {
    /** Ends after the present account. The next run releases the others. */
    stop() {
      stopping.abort()
      return chore.stop()
    },
  }
}

/**
 * Lets every held password take effect whose time has come and that nobody stopped, each once, also
 * with several workers. One whose number proves nobody any more ends without an effect. A failure for
 * one account is logged, and the others go on.
 */
export async function releaseDue(now: Date, stopping?: AbortSignal): Promise<void> {
  let after = new Date(0)
  let due: { id: string; userId: string; dueAt: Date }[]
  do {
    due = await db().heldPassword.findMany({
      where: { endedAt: null, dueAt: { gt: after, lte: now } },
      orderBy: { dueAt: 'asc' },
      take: AT_ONCE,
      select: { id: true, userId: true, dueAt: true },
    })
    for (const { id, userId } of due)
      if (!stopping?.aborted)
        await releaseOne(id, userId, now).catch((error) =>
          log.error({ event: 'release_failed', userId, error: reportError(error) }),
        )
    after = due.at(-1)?.dueAt ?? now
  } while (due.length === AT_ONCE && !stopping?.aborted)
}

async function releaseOne(id: string, userId: string, now: Date) {
  await transaction(async (tx) => {
    await lockUser(tx, userId)
    const held = await tx.heldPassword.findUnique({ where: { id }, include: { challenge: true } })
    // A veto, another reset or another worker may have ended it a moment ago.
    if (held) await release(tx, held, { provenBy: [], origin: SCHEDULE, now })
  })
}

type Release = { provenBy: ReturnType<typeof openRecipients>; origin: Origin; now: Date }

/** False when it was ended before, or ends without an effect. The caller holds the lock of the user. */
async function release(tx: Tx, held: Held, { provenBy, origin, now }: Release): Promise<boolean> {
  const { id, userId, passwordHash, challenge } = held
  const end = (await findObstacle(tx, held)) ?? 'released'
  if (passwordHash === null || !(await endOne(tx, id, end, now)) || end !== 'released') return false
  const { isErasing } = await lockUser(tx, userId)
  const savedCode = await findLiveCode(tx, userId)
  const event = { userId, type: 'password_released', origin, now } as const
  const path = readPayload(challenge).choice ?? 'primary_phone'
  const proofs = [...openRecipients(challenge), ...provenBy]
  await replacePassword(tx, { ...event, passwordHash, path, provenBy: proofs })
  if (isErasing) await cancelErasure(tx, { userId, origin, now })
  if (savedCode) await settleSavedCode(tx, { userId, origin, now }, undefined)
  return true
}

/**
 * What makes a held password void without having ended it: a version of the product that does not know it
 * froze the account or set another password, or the number that received the code was replaced, removed
 * or recycled.
 */
async function findObstacle(
  tx: Tx,
  { userId, passwordVersion, challenge }: Held,
): Promise<HeldPasswordEnd | undefined> {
  const user = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  if (user.frozenAt) return 'frozen'
  if (user.passwordVersion !== passwordVersion) return 'replaced'
  return isStillProven(challenge, await listAddresses(tx, userId)) ? undefined : 'disproven'
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
