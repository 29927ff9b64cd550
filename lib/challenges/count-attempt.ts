import { db } from '@/lib/platform/db'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import type { ChallengeModel } from '@/prisma/client/models'
import {
  ATTEMPTS_PER_CHALLENGE,
  type AttemptOwner,
  type AttemptScope,
  type Charge,
  chargeAttempt,
} from './attempts'
import { logUsedUp } from './code-lines'
import type { CodeRefusal } from './code-refusal'
import { PURPOSES } from './purposes'
import { live } from './store'

/** No code has this hash. */
const NO_CODE = ''

/** `charge`: undefined for a registration, which has no account whose codes could be tried out. */
export type CountedAttempt = { codeHash: string; isLast: boolean; charge: Charge | undefined }

/**
 * Counts an attempt before the code is compared, at the challenge and at the account. Without
 * attempts left at the account, every code of a stranger is wrong. Refused: `code_expired`,
 * `code_exhausted`, `challenge_gone`, and `code_blocked` to a signed-in customer.
 */
export async function countAttempt(
  challenge: ChallengeModel,
  now: Date,
): Promise<Result<CountedAttempt, CodeRefusal>> {
  const unanswerable = refuseUnanswerable(challenge, now)
  if (unanswerable) return unanswerable
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
  if (!counted) return refuse('code_exhausted')
  // After the challenge, so that a flood of answers to one costs the account five attempts.
  const charge = await chargeChallenge(challenge, now)
  if (!charge && challenge.purpose !== 'register') logUsedUp(challenge)
  if (!charge && PURPOSES[challenge.purpose].askedBy !== 'stranger') return refuse('code_blocked')
  const isAnswerable = charge !== undefined || challenge.purpose === 'register'
  return done({
    // To tell a stranger would reveal that two addresses belong to one account.
    codeHash: isAnswerable ? counted.codeHash : NO_CODE,
    isLast: counted.attempts >= ATTEMPTS_PER_CHALLENGE,
    charge,
  })
}

async function chargeChallenge(challenge: ChallengeModel, now: Date) {
  if (challenge.purpose === 'register') return undefined
  const owner = ownerOf(challenge)
  const charge = await chargeAttempt(owner, now)
  if (charge || owner.scope.kind !== 'device') return charge
  return chargeAttempt({ ...owner, scope: { kind: 'unknown' } }, now)
}

/** Where the wrong answers to a challenge are counted. A decoy counts at the submitted address. */
function ownerOf(challenge: ChallengeModel): AttemptOwner {
  const { purpose, path, userId, rateLimitKey } = challenge
  const account = userId ?? rateLimitKey
  return PURPOSES[purpose].askedBy === 'stranger'
    ? { account, path: path ?? 'primary_phone', scope: scopeOf(challenge) }
    : { account, path: purpose, scope: { kind: 'session' } }
}

function scopeOf({ scope, scopeId }: ChallengeModel): AttemptScope {
  return (scope === 'device' || scope === 'link') && scopeId
    ? { kind: scope, id: scopeId }
    : { kind: 'unknown' }
}

function refuseUnanswerable(
  challenge: ChallengeModel,
  now: Date,
): Refused<CodeRefusal> | undefined {
  if (challenge.passedAt) return refuse('challenge_gone')
  if (challenge.codeExpiresAt <= now) return refuse('code_expired')
  return challenge.attempts >= ATTEMPTS_PER_CHALLENGE ? refuse('code_exhausted') : undefined
}
