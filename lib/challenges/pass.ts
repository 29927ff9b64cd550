import { recordEventDaily } from '@/lib/activity'
import { listAddresses, markVerified } from '@/lib/addresses'
import { db, lockUser, NIL_UUID, type Tx, transaction } from '@/lib/platform/db'
import { parseLocale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import type { Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import { ATTEMPTS_PER_CHALLENGE, chargeAttempt, clearAttempts, refundAttempt } from './attempts'
import { hashesOf, isCodeOf } from './code'
import { passedExpiry, secondsUntil } from './expiry'
import { PURPOSES } from './purposes'
import { type ChallengeRef, findChallenge, live, openRecipients } from './store'

export type CodeRefusal =
  | 'code_wrong'
  | 'code_expired'
  | 'code_exhausted'
  | 'code_superseded'
  | 'code_blocked'
  | 'challenge_gone'

export type Answer = {
  ref: ChallengeRef
  purpose: Purpose
  code: string
  origin: Origin
  now: Date
  /**
   * Locks accounts at the start of the transaction, for what changes more than one: `lockUsers`
   * keeps one order.
   */
  lock?: (tx: Tx, challenge: ChallengeModel) => Promise<void>
}

/** What the right code permits. Runs in the transaction that passes the challenge. */
export type Permit<Value> = (tx: Tx, challenge: ChallengeModel) => Promise<Value>

/**
 * Passes a challenge, for a flow that has a further step: until `spendPassed` spends it, or 15
 * minutes are over, that step is permitted. The attempt is counted before the code is compared
 * (ASVS 6.6.3). `then` runs in the transaction that passes.
 *
 * Refused: `code_wrong`; `code_exhausted` with the fifth wrong code; `code_blocked` with the
 * seconds to wait after wrong codes in a row; `code_superseded` once for a code that a newer one
 * replaced, and its attempt is given back; `code_expired` after its lifetime; `challenge_gone` when
 * it was passed, closed, never was, or the account is frozen. The owner of an account is notified
 * once a day of attempts that are used up.
 */
export function passChallenge<Value>(answer: Answer, then: Permit<Value>) {
  return answerChallenge(answer, { spends: false }, then)
}

/**
 * Passes and spends a challenge in one transaction with what it permits. A refusal of `permit` is
 * returned; the challenge stays spent, and so does what `permit` wrote outside `withSavepoint`.
 * Else refused as by `passChallenge`.
 */
export async function redeemChallenge<Value, Word extends string>(
  answer: Answer,
  permit: Permit<Result<Value, Word>>,
): Promise<Result<Value, CodeRefusal | Word>> {
  const redeemed = await answerChallenge(answer, { spends: true }, permit)
  return redeemed.ok ? redeemed.value : redeemed
}

async function answerChallenge<Value>(
  { ref, purpose, code, origin, now, lock }: Answer,
  { spends }: { spends: boolean },
  permit: Permit<Value>,
): Promise<Result<Value, CodeRefusal>> {
  const challenge = await findChallenge(ref, purpose, now)
  if (!challenge) return refuse('challenge_gone')
  const counted = await countAttempt(challenge, now)
  if (!counted.ok) return counted
  const { codeHash, isLast } = counted.value
  if (!isCodeOf(challenge.id, code, codeHash)) {
    const refusal = await refuseWrong(challenge, code, isLast)
    if (refusal.refusal === 'code_exhausted') await notifyOwner(challenge, origin, now)
    return refusal
  }
  return transaction(async (tx) => {
    await lock?.(tx, challenge)
    if (await isStopped(tx, challenge)) return refuse('challenge_gone')
    const isPassed = await pass(tx, challenge, { codeHash, now, spentAt: spends ? now : null })
    return isPassed ? done(await permit(tx, challenge)) : refuse('challenge_gone')
  })
}

async function isStopped(tx: Tx, { userId, purpose }: ChallengeModel) {
  if (userId === null) return false
  const { isFrozen } = await lockUser(tx, userId)
  return isFrozen && !PURPOSES[purpose].worksWhileFrozen
}

/**
 * Runs after the attempt was counted: with unlimited attempts at superseded codes a stranger could
 * find out whether they exist, and a decoy has none.
 */
async function refuseWrong(
  challenge: ChallengeModel,
  code: string,
  isLast: boolean,
): Promise<Refused<CodeRefusal>> {
  if (!(await takeSuperseded(challenge.id, code)))
    return refuse(isLast ? 'code_exhausted' : 'code_wrong')
  await refundAttempt(challenge)
  return refuse('code_superseded')
}

/**
 * The statements are the same with and without an account, so that the answer takes equally long.
 */
async function notifyOwner({ userId, locale }: ChallengeModel, origin: Origin, now: Date) {
  await transaction(async (tx) => {
    await lockUser(tx, userId ?? NIL_UUID)
    const notify = await listAddresses(tx, userId ?? NIL_UUID)
    await recordEventDaily(tx, {
      userId,
      type: 'attempts_used_up',
      origin,
      now,
      notify,
      locale: parseLocale(locale),
    })
  })
}

async function takeSuperseded(challengeId: string, code: string) {
  const hashes = hashesOf(challengeId, code)
  const taken = await db().$executeRaw`
    update "Challenge" set
      "supersededHashes" = array(select unnest("supersededHashes") except select unnest(${hashes}::text[])),
      attempts = attempts - 1
    where id = ${challengeId}::uuid and "supersededHashes" && ${hashes}::text[]`
  return taken === 1
}

type CountedAttempt = { codeHash: string; isLast: boolean }

async function countAttempt(
  challenge: ChallengeModel,
  now: Date,
): Promise<Result<CountedAttempt, CodeRefusal>> {
  const unanswerable = refuseUnanswerable(challenge, now)
  if (unanswerable) return unanswerable
  const charge = await chargeAttempt(challenge, now)
  if (!charge.isCovered)
    return charge.blockedUntil
      ? refuse('code_blocked', secondsUntil(charge.blockedUntil, now))
      : refuse('code_wrong')
  const [counted] = await db().challenge.updateManyAndReturn({
    where: {
      id: challenge.id,
      ...live(now),
      passedAt: null,
      codeExpiresAt: { gt: now },
      attempts: { lt: ATTEMPTS_PER_CHALLENGE },
    },
    data: { attempts: { increment: 1 } },
    select: { codeHash: true, attempts: true },
  })
  return counted
    ? done({ codeHash: counted.codeHash, isLast: counted.attempts >= ATTEMPTS_PER_CHALLENGE })
    : refuse('code_exhausted')
}

function refuseUnanswerable(
  challenge: ChallengeModel,
  now: Date,
): Refused<CodeRefusal> | undefined {
  if (challenge.passedAt) return refuse('challenge_gone')
  if (challenge.codeExpiresAt <= now) return refuse('code_expired')
  return challenge.attempts >= ATTEMPTS_PER_CHALLENGE ? refuse('code_exhausted') : undefined
}

type Pass = { codeHash: string; now: Date; spentAt: Date | null }

async function pass(tx: Tx, challenge: ChallengeModel, { codeHash, now, spentAt }: Pass) {
  const passed = await tx.challenge.updateMany({
    where: { id: challenge.id, codeHash, passedAt: null, ...live(now) },
    data: { passedAt: now, spentAt, expiresAt: passedExpiry(now) },
  })
  if (passed.count === 0) return false
  await clearAttempts(tx, challenge)
  await keepVerification(tx, challenge, now)
  return true
}

/**
 * A code that went to several addresses verifies none of them. This runs only after a right code,
 * which a decoy does not have, so its duration reveals nothing.
 */
async function keepVerification(tx: Tx, challenge: ChallengeModel, now: Date) {
  const [recipient, ...others] = openRecipients(challenge)
  if (challenge.userId && recipient && others.length === 0)
    await markVerified(tx, challenge.userId, recipient, now)
}
