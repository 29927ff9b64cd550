import { reportUsedUp } from '@/lib/activity'
import { markVerified } from '@/lib/addresses'
import { markEntered } from '@/lib/messaging'
import { hashSecret } from '@/lib/platform/crypto'
import { lockUser, type Tx, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import { onPool, sqlTransaction } from '@/lib/platform/sql'
import { type AnyTx, runIn, type Sql, statement } from '@/lib/platform/statement'
import type { Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import { clearAttempts, refundAttempt } from './attempts'
import { isAnswerTo } from './code'
import { logPassed, logRefused, refuseGone } from './code-lines'
import type { CodeRefusal } from './code-refusal'
import { type CountedAttempt, countAttempt } from './count-attempt'
import { passedExpiry } from './expiry'
import { PURPOSES } from './purposes'
import { type ChallengeRef, findChallenge, liveAt, openRecipients } from './store'
import { takeSuperseded } from './supersede'

export type Answer<Of extends AnyTx = Tx> = {
  ref: ChallengeRef
  purpose: Purpose
  code: string
  origin: Origin
  now: Date
  /** Replaces the secret of the browser when the challenge passes: a planted cookie is worth nothing. */
  newSecret?: string
  /** Runs after the code was found right, before the transaction that passes the challenge. */
  beforePassing?: (challenge: ChallengeModel) => Promise<void>
  /**
   * Locks accounts at the start of the transaction, for what changes more than one: `lockUsers`
   * keeps one order.
   */
  lock?: (tx: Of, challenge: ChallengeModel) => Promise<void>
}

/** What the right code permits. Runs in the transaction that passes the challenge. */
export type Permit<Value, Of extends AnyTx = Tx> = (
  tx: Of,
  challenge: ChallengeModel,
) => Promise<Value>

/** Runs the transaction that passes: by Prisma, or by statements alone. */
type Transact<Of extends AnyTx> = <Value>(work: (tx: Of) => Promise<Value>) => Promise<Value>

/**
 * Passes a challenge, for a flow that has a further step: until `spendPassed` spends it, or 15
 * minutes are over, that step is permitted. The attempt is counted before the code is compared
 * (ASVS 6.6.3). `then` runs in the transaction that passes.
 *
 * Refused: `code_wrong` with `attemptsLeft`, also for the right code of a reset whose path has no
 * attempts left; `code_exhausted` with the fifth wrong code; `code_blocked` when a signed-in customer has used up
 * the attempts of the purpose; `code_superseded` once for a code that a newer one replaced, and its
 * attempt is given back; `code_expired` after its lifetime; `challenge_gone` when it was passed,
 * closed, never was, or the account is frozen. The owner of an account is notified once a day of
 * attempts that are used up.
 */
export function passChallenge<Value>(answer: Answer<Sql>, then: Permit<Value, Sql>) {
  return answerChallenge(answer, { spends: false, transact: sqlTransaction }, then)
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
  const redeemed = await answerChallenge(answer, { spends: true, transact: transaction }, permit)
  return redeemed.ok ? redeemed.value : redeemed
}

type Mode<Of extends AnyTx> = { spends: boolean; transact: Transact<Of> }

async function answerChallenge<Value, Of extends AnyTx>(
  answer: Answer<Of>,
  mode: Mode<Of>,
  permit: Permit<Value, Of>,
): Promise<Result<Value, CodeRefusal>> {
  const { ref, purpose, now } = answer
  const challenge = await findChallenge(ref, purpose, now)
  if (!challenge) return refuseGone(purpose)
  const outcome = await compareCode(answer, challenge, mode, permit)
  if (!outcome.ok) logRefused(challenge, outcome.refusal)
  return outcome
}

async function compareCode<Value, Of extends AnyTx>(
  { code, origin, now, newSecret, beforePassing, lock }: Answer<Of>,
  challenge: ChallengeModel,
  { spends, transact }: Mode<Of>,
  permit: Permit<Value, Of>,
): Promise<Result<Value, CodeRefusal>> {
  const counted = await countAttempt(challenge, now)
  if (!counted.ok) return counted
  const { codeHash, attemptsLeft, charge } = counted.value
  if (!isAnswerTo(challenge, code, codeHash)) {
    const refusal = await refuseWrong(challenge, code, counted.value)
    if (attemptsLeft === 0 && refusal.refusal === 'code_exhausted')
      await reportUsedUp(onPool, { ...challenge, what: 'codes', origin, now })
    return refusal
  }
  await beforePassing?.(challenge)
  return transact(async (tx) => {
    await lock?.(tx, challenge)
    const isPassed = await pass(tx, challenge, { codeHash, now, spends, newSecret })
    if (!isPassed) return refuse('challenge_gone')
    await markEntered(tx, challenge.rateLimitKey, now)
    await keepVerification(tx, challenge, now)
    if (charge) await clearAttempts(tx, charge.owner)
    logPassed(challenge, openRecipients(challenge))
    return done(await permit(tx, challenge))
  })
}

/**
 * Runs after the attempt was counted: with unlimited attempts at superseded codes a stranger could
 * find out whether they exist, and a decoy has none.
 */
async function refuseWrong(
  challenge: ChallengeModel,
  code: string,
  { attemptsLeft, charge, supersededHashes }: CountedAttempt,
): Promise<Refused<CodeRefusal>> {
  if (!(await takeSuperseded({ ...challenge, supersededHashes }, code)))
    return attemptsLeft === 0 ? refuse('code_exhausted') : { ...refuse('code_wrong'), attemptsLeft }
  if (charge) await refundAttempt(charge)
  return refuse('code_superseded')
}

type Pass = { codeHash: string; now: Date; spends: boolean; newSecret: string | undefined }

/**
 * Whether the challenge has passed. It is updated behind the lock of its account, and so sees a freeze
 * that came before. Both are sent at once.
 */
async function pass(
  tx: AnyTx,
  { id, userId, purpose }: ChallengeModel,
  { codeHash, now, spends, newSecret }: Pass,
): Promise<boolean> {
  const spentAt = spends ? now : null
  const secretHash = newSecret === undefined ? null : hashSecret(newSecret)
  const { worksWhileFrozen } = PURPOSES[purpose]
  const values = [id, codeHash, now, spentAt, passedExpiry(now), worksWhileFrozen, secretHash]
  const locked = userId === null ? undefined : lockUser(tx, userId)
  const [passed] = await Promise.all([runIn(tx, PASS, values), locked])
  return passed.length === 1
}

const PASS = statement<{ id: string }>(
  'pass_challenge',
  `update "Challenge" set "passedAt" = $3::timestamptz, "spentAt" = $4::timestamptz, "expiresAt" = $5::timestamptz,
    "secretHash" = coalesce($7, "secretHash")
  where id = $1::uuid and "codeHash" = $2 and "passedAt" is null and ${liveAt('$3')}
    and ($6::boolean or not exists (
      select from "User" where "User".id = "Challenge"."userId" and "frozenAt" is not null))
  returning id`,
)

/**
 * A code that went to several addresses verifies none of them. This runs only after a right code,
 * which a decoy does not have, so its duration reveals nothing.
 */
async function keepVerification(tx: AnyTx, challenge: ChallengeModel, now: Date) {
  const [recipient, ...others] = openRecipients(challenge)
  if (challenge.userId && recipient && others.length === 0)
    await markVerified(tx, challenge.userId, recipient, now)
}
