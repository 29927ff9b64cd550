import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import { run } from '@/lib/platform/sql'
import { statement } from '@/lib/platform/statement'
import type { ChallengeModel } from '@/prisma/client/models'
import {
  ATTEMPTS_PER_CHALLENGE,
  type AttemptOwner,
  type AttemptScope,
  CHARGED,
  type Charge,
  type Charged,
  chargeAttempt,
  chargeOf,
  chargeValues,
  charging,
} from './attempts'
import { logUsedUp } from './code-lines'
import type { CodeRefusal } from './code-refusal'
import { PURPOSES } from './purposes'
import { SUPERSEDED } from './store'

/** No code has this hash. */
const NO_CODE = ''

/**
 * `attemptsLeft`: at the challenge, whether or not an account is behind it. `charge`: undefined for a
 * registration, which has no account whose codes could be tried out.
 */
export type CountedAttempt = {
  codeHash: string
  attemptsLeft: number
  /** Of older codes, as they are now. */
  supersededHashes: string[]
  charge: Charge | undefined
}

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
  const counted = await countAtBoth(challenge, now)
  if (!counted) return refuse('code_exhausted')
  const { charge } = counted
  if (!charge && challenge.purpose !== 'register') logUsedUp(challenge)
  if (!charge && PURPOSES[challenge.purpose].askedBy !== 'stranger') return refuse('code_blocked')
  const isAnswerable = charge !== undefined || challenge.purpose === 'register'
  return done({
    // To tell a stranger would reveal that two addresses belong to one account.
    codeHash: isAnswerable ? counted.codeHash : NO_CODE,
    attemptsLeft: ATTEMPTS_PER_CHALLENGE - counted.attempts,
    supersededHashes: counted.supersededHashes,
    charge,
  })
}

type Counted = Pick<ChallengeModel, 'codeHash' | 'attempts' | 'supersededHashes'>

/**
 * Counts at the account only what the challenge has counted, so that a flood of answers to one costs
 * the account five attempts. Undefined when the challenge has no attempt left.
 */
async function countAtBoth(challenge: ChallengeModel, now: Date) {
  const at = [challenge.id, ATTEMPTS_PER_CHALLENGE]
  if (challenge.purpose === 'register') {
    const [counted] = await run(COUNT_AT_CHALLENGE, [...at, now])
    return counted && { ...counted, charge: undefined }
  }
  const owner = ownerOf(challenge)
  const [counted] = await run(COUNT_AT_BOTH, [...chargeValues(owner, now), ...at])
  if (!counted) return undefined
  const charge = await chargeOf(owner, counted)
  if (charge || owner.scope.kind !== 'device') return { ...counted, charge }
  const unknown = { ...owner, scope: { kind: 'unknown' } as const }
  return { ...counted, charge: await chargeAttempt(unknown, now) }
}

const countAt = (
  id: string,
  most: string,
  now: string,
) => `update "Challenge" set attempts = attempts + 1
  where id = ${id}::uuid and attempts < ${most}::int and "passedAt" is null and "spentAt" is null
    and "closedAt" is null and "codeExpiresAt" > ${now}::timestamptz and "expiresAt" > ${now}::timestamptz
  returning "codeHash", attempts, ${SUPERSEDED}`

const COUNT_AT_CHALLENGE = statement<Counted>('count_at_challenge', countAt('$1', '$2', '$3'))

const COUNT_AT_BOTH = statement<Counted & Charged>(
  'count_at_challenge_and_account',
  `with counted as (${countAt('$8', '$9', '$7')}), ${charging('counted')}
  select counted.*, ${CHARGED} from counted`,
)

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
): Refused<'challenge_gone' | 'code_expired'> | undefined {
  if (challenge.passedAt) return refuse('challenge_gone')
  return challenge.codeExpiresAt <= now ? refuse('code_expired') : undefined
}
