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
import { type ChallengeRef, findChallenge, isUnfreezing, live, openRecipients } from './store'

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
}

/**
 * Answers a challenge. The attempt is counted, at the challenge and in the counters of address and account, before it is
 * compared (ASVS 6.6.3); the right code passes the challenge once, and `permit` runs in that same transaction. A code that
 * a newer one replaced is told so once, and its attempt is given back. The owner of an account hears once a day of used-up attempts.
 */
export async function answerChallenge<Value>(
  { ref, purpose, code, origin, now }: Answer,
  permit: (tx: Tx, challenge: ChallengeModel) => Promise<Value>,
): Promise<Result<Value, CodeRefusal>> {
  const challenge = await findChallenge(ref, purpose, now)
  if (!challenge) return refuse('challenge_gone')
  const attempt = await countAttempt(challenge, now)
  if (!attempt.ok) return attempt
  const { codeHash, isLast } = attempt.value
  if (!isCodeOf(challenge.id, code, codeHash)) {
    const refusal = await refuseWrong(challenge, code, isLast)
    if (refusal.refusal === 'code_exhausted') await tellOwner(challenge, origin, now)
    return refusal
  }
  return transaction(async (tx) => {
    const isStopped =
      challenge.userId !== null &&
      (await lockUser(tx, challenge.userId)).isFrozen &&
      !isUnfreezing(purpose)
    if (isStopped || !(await pass(tx, challenge, codeHash, now))) return refuse('challenge_gone')
    return done(await permit(tx, challenge))
  })
}

/**
 * Spends a passed challenge in the transaction of what it permits. False when it was spent or closed before, or its time is
 * over: then nothing of the transaction may stay.
 */
export async function spendChallenge(tx: Tx, challengeId: string, now: Date): Promise<boolean> {
  const spent = await tx.challenge.updateMany({
    where: { id: challengeId, passedAt: { not: null }, ...live(now) },
    data: { spentAt: now },
  })
  return spent.count === 1
}

/** Closes every open challenge of a user, or those about one address: none of them can be passed or spent afterwards. */
export async function closeChallenges(
  tx: Tx,
  whose: { userId: string; addressId?: string },
  now: Date,
): Promise<void> {
  await tx.challenge.updateMany({
    where: { ...whose, spentAt: null, closedAt: null },
    data: { closedAt: now },
  })
}

/** Only after the count: who may attempt on and on at superseded codes learns that they exist, and a decoy has none. */
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

/** The same statements whether there is an owner or not: the answer must not take longer for an account that exists. */
async function tellOwner({ userId, locale }: ChallengeModel, origin: Origin, now: Date) {
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

async function pass(tx: Tx, challenge: ChallengeModel, codeHash: string, now: Date) {
  const passed = await tx.challenge.updateMany({
    where: { id: challenge.id, codeHash, passedAt: null, ...live(now) },
    data: { passedAt: now, expiresAt: passedExpiry(now) },
  })
  if (passed.count === 0) return false
  await clearAttempts(tx, challenge)
  await keepProof(tx, challenge, now)
  return true
}

/**
 * A code that several addresses received proves none of them in particular. Only a right code comes here, and a decoy has none: the
 * statement tells nothing.
 */
async function keepProof(tx: Tx, challenge: ChallengeModel, now: Date) {
  const [recipient, ...others] = openRecipients(challenge)
  if (challenge.userId && recipient && others.length === 0)
    await markVerified(tx, challenge.userId, recipient, now)
}
