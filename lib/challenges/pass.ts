import { reportUsedUp } from '@/lib/activity'
import { markVerified } from '@/lib/addresses'
import { markEntered } from '@/lib/messaging'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import type { Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import { clearAttempts, refundAttempt } from './attempts'
import { isCodeOf } from './code'
import { logPassed, logRefused, refuseGone } from './code-lines'
import type { CodeRefusal } from './code-refusal'
import { type CountedAttempt, countAttempt } from './count-attempt'
import { passedExpiry } from './expiry'
import { PURPOSES } from './purposes'
import { type ChallengeRef, findChallenge, live, openRecipients } from './store'
import { takeSuperseded } from './supersede'

export type Answer = {
  ref: ChallengeRef
  purpose: Purpose
  code: string
  origin: Origin
  now: Date
  /** Runs after the code was found right, before the transaction that passes the challenge. */
  beforePassing?: (challenge: ChallengeModel) => Promise<void>
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
 * Refused: `code_wrong`, also for the right code of a reset whose path has no attempts left;
 * `code_exhausted` with the fifth wrong code; `code_blocked` when a signed-in customer has used up
 * the attempts of the purpose; `code_superseded` once for a code that a newer one replaced, and its
 * attempt is given back; `code_expired` after its lifetime; `challenge_gone` when it was passed,
 * closed, never was, or the account is frozen. The owner of an account is notified once a day of
 * attempts that are used up.
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
  answer: Answer,
  mode: { spends: boolean },
  permit: Permit<Value>,
): Promise<Result<Value, CodeRefusal>> {
  const { ref, purpose, now } = answer
  const challenge = await findChallenge(ref, purpose, now)
  if (!challenge) return refuseGone(purpose)
  const outcome = await compareCode(answer, challenge, mode, permit)
  if (!outcome.ok) logRefused(challenge, outcome.refusal)
  return outcome
}

async function compareCode<Value>(
  { code, origin, now, beforePassing, lock }: Answer,
  challenge: ChallengeModel,
  { spends }: { spends: boolean },
  permit: Permit<Value>,
): Promise<Result<Value, CodeRefusal>> {
  const counted = await countAttempt(challenge, now)
  if (!counted.ok) return counted
  const { codeHash, isLast, charge } = counted.value
  if (!isCodeOf(challenge.id, code, codeHash)) {
    const refusal = await refuseWrong(challenge, code, counted.value)
    if (isLast && refusal.refusal === 'code_exhausted')
      await reportUsedUp(db(), { ...challenge, what: 'codes', origin, now })
    return refusal
  }
  await beforePassing?.(challenge)
  return transaction(async (tx) => {
    await lock?.(tx, challenge)
    if (await isStopped(tx, challenge)) return refuse('challenge_gone')
    const isPassed = await pass(tx, challenge, { codeHash, now, spentAt: spends ? now : null })
    if (!isPassed) return refuse('challenge_gone')
    if (charge) await clearAttempts(tx, charge.owner)
    logPassed(challenge)
    return done(await permit(tx, challenge))
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
  { isLast, charge }: CountedAttempt,
): Promise<Refused<CodeRefusal>> {
  if (!(await takeSuperseded(challenge, code)))
    return refuse(isLast ? 'code_exhausted' : 'code_wrong')
  if (charge) await refundAttempt(charge)
  return refuse('code_superseded')
}

type Pass = { codeHash: string; now: Date; spentAt: Date | null }

async function pass(tx: Tx, challenge: ChallengeModel, { codeHash, now, spentAt }: Pass) {
  const passed = await tx.challenge.updateMany({
    where: { id: challenge.id, codeHash, passedAt: null, ...live(now) },
    data: { passedAt: now, spentAt, expiresAt: passedExpiry(now) },
  })
  if (passed.count === 0) return false
  await markEntered(tx, challenge.rateLimitKey, now)
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
