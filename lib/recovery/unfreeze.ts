import { findSecureLink } from '@/lib/activity'
import { blindIndexesOf } from '@/lib/addresses'
import {
  type CodeRefusal,
  findChallenge,
  issueToFlow,
  limitSends,
  passChallenge,
} from '@/lib/challenges'
import { hashSecret, newSecret } from '@/lib/platform/crypto'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import type { Locale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import { consumeUnfreezeStart } from '@/lib/platform/rate-limits'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import type { Purpose } from '@/prisma/client/enums'
import { type LinkRefusal, PROOFS, referenceOfFreeze, refuseLink } from './freeze'
import { type DisputedSlot, listDisputed, reviewSlots, type SlotName, slotOf } from './review'

const LIFETIME_MS = 45 * 60 * 1_000

/** The two codes, in their order. */
const [FIRST, SECOND] = ['unfreeze_first', 'unfreeze_second'] as const

/**
 * Starts an unfreeze flow and returns the secret for the browser's cookie. The caller has checked
 * the password. Refused: `not_frozen`; `unfreeze_throttled` with seconds, after 20 in an hour.
 */
export async function startUnfreeze(
  userId: string,
  now: Date,
): Promise<Result<{ secret: string }, 'not_frozen' | 'unfreeze_throttled'>> {
  return (await consumeUnfreezeStart(`password:${userId}`)) ?? start(userId, now)
}

function start(userId: string, now: Date): Promise<Result<{ secret: string }, 'not_frozen'>> {
  const secret = newSecret()
  return transaction(async (tx) => {
    if (!(await lockUser(tx, userId)).isFrozen) return refuse('not_frozen')
    await tx.unfreezeFlow.create({
      data: {
        secretHash: hashSecret(secret),
        userId,
        startedAt: now,
        expiresAt: new Date(now.getTime() + LIFETIME_MS),
      },
    })
    logSecurity('authn_token_created', { userId, subject: 'unfreeze' })
    return done({ secret })
  })
}

/**
 * Starts an unfreeze flow for the holder of a secure link, also of the one that froze the account.
 * Refused: `link_unknown`, `link_expired`, `link_closed`, `not_frozen`; `unfreeze_throttled`, counted
 * for this link alone.
 */
export async function startUnfreezeByLink(
  token: string,
  now: Date,
): Promise<Result<{ secret: string }, LinkRefusal | 'not_frozen' | 'unfreeze_throttled'>> {
  const link = await findSecureLink(token, now)
  if (!link) return refuseLink('link_unknown', null)
  if (link.state === 'expired') return refuseLink('link_expired', link.userId)
  if (!link.isFrozen)
    return link.state === 'closed' ? refuseLink('link_closed', link.userId) : refuse('not_frozen')
  return (await consumeUnfreezeStart(`link:${hashSecret(token)}`)) ?? start(link.userId, now)
}

export type UnfreezeStep =
  | { step: 'stuck'; reference: string }
  | { step: 'first' | 'second'; choices: SlotName[] }
  | { step: 'review'; disputed: DisputedSlot[] }

/**
 * The step of a browser's unfreeze flow; null when there is none, or the account is not frozen. It
 * names the slots of addresses, not the addresses. `stuck`: fewer than two addresses are
 * undisputed, and customer care has to help.
 */
export async function findUnfreeze(secret: string, now: Date): Promise<UnfreezeStep | null> {
  const unfreeze = await readUnfreeze(db(), secret, now)
  if (!unfreeze) return null
  const { review, proven, userId } = unfreeze
  if (review.undisputed.length < PROOFS)
    return { step: 'stuck', reference: (await referenceOfFreeze(userId)) ?? '' }
  if (proven.length === 2) return { step: 'review', disputed: listDisputed(review) }
  const open = review.undisputed.filter(({ id }) => !proven.includes(id))
  return { step: proven.length === 0 ? 'first' : 'second', choices: open.map(slotOf) }
}

export type UnfreezeCode = {
  secret: string
  slot: SlotName
  locale: Locale
  now: Date
}

/**
 * Sends the next of the two codes to the undisputed address of this slot; each needs another one.
 * Refused: `unfreeze_gone`, `unfreeze_address_gone`, `send_throttled` with seconds.
 */
export async function requestUnfreezeCode({
  secret,
  slot,
  locale,
  now,
}: UnfreezeCode): Promise<
  Result<undefined, 'unfreeze_gone' | 'unfreeze_address_gone' | 'send_throttled'>
> {
  const unfreeze = await readUnfreeze(db(), secret, now)
  if (!unfreeze) return refuseGone()
  const { userId } = unfreeze
  const throttled = await limitSends(FIRST, { userId })
  if (throttled) return throttled
  return transaction(async (tx) => {
    await lockUser(tx, userId)
    const current = await readUnfreeze(tx, secret, now)
    if (!current) return refuse('unfreeze_gone')
    const { review, proven } = current
    const chosen = review.undisputed.find(
      (held) => slotOf(held) === slot && !proven.includes(held.id),
    )
    if (!chosen || review.undisputed.length < 2 || proven.length === 2)
      return refuse('unfreeze_address_gone')
    const { id: addressId, address } = chosen
    const question = {
      userId,
      rateLimitKeys: blindIndexesOf(address),
      recipients: [address],
      addressId,
      locale,
      now,
    } as const
    if (proven.length === 0)
      await issueToFlow(tx, { ...question, purpose: FIRST }, secret, [FIRST, SECOND])
    else await issueToFlow(tx, { ...question, purpose: SECOND }, secret, [SECOND])
    return done()
  })
}

/** Purpose and slot of the code that the browser waits for; null when no code was sent. */
export async function findUnfreezeCode(
  secret: string,
  now: Date,
): Promise<{ purpose: UnfreezePurpose; slot: SlotName } | null> {
  const unfreeze = await readUnfreeze(db(), secret, now)
  if (!unfreeze || unfreeze.proven.length === 2) return null
  const purpose = unfreeze.proven.length === 0 ? FIRST : SECOND
  const challenge = await findChallenge({ secret }, purpose, now)
  const asked = unfreeze.review.undisputed.find(({ id }) => id === challenge?.addressId)
  return asked ? { purpose, slot: slotOf(asked) } : null
}

export type UnfreezePurpose = Extract<Purpose, 'unfreeze_first' | 'unfreeze_second'>

/** Passes one of the two challenges, to be spent later. Refused as by `passChallenge`. */
export async function passUnfreeze(
  secret: string,
  purpose: UnfreezePurpose,
  code: string,
  origin: Origin,
  now: Date,
): Promise<Result<undefined, CodeRefusal>> {
  return passChallenge({ ref: { secret }, purpose, code, origin, now }, async () => undefined)
}

/** Refuses and logs a step of an unfreeze that was not begun, is over, or skips a code. */
export function refuseGone() {
  logSecurity('sequence_fail', { purpose: 'unfreeze', reason: 'unfreeze_gone' })
  return refuse('unfreeze_gone')
}

/** The live unfreeze flow of a browser, and the ids of its verified addresses, in order. */
export async function readUnfreeze(tx: Tx, secret: string, now: Date) {
  const row = await tx.unfreezeFlow.findUnique({
    where: { secretHash: hashSecret(secret), closedAt: null, expiresAt: { gt: now } },
    include: { user: { select: { frozenAt: true } } },
  })
  if (!row?.user.frozenAt) return null
  const review = await reviewSlots(tx, row.userId, row.user.frozenAt)
  const challenges = [
    await findChallenge({ secret }, FIRST, now, tx),
    await findChallenge({ secret }, SECOND, now, tx),
  ]
  const passed = challenges.flatMap((challenge) => (challenge?.passedAt ? [challenge] : []))
  const proven = passed.flatMap(({ addressId }) => addressId ?? [])
  const isInOrder = passed.length !== 1 || passed[0]?.purpose === FIRST
  const { userId } = row
  return isInOrder
    ? { userId, review, challenges: passed, proven }
    : { userId, review, challenges: [], proven: [] }
}
