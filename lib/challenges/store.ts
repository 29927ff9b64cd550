import { type AnyAddress, fromStored } from '@/lib/addresses'
import { hashSecret, open, type SealedTable, seal } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import { onPool } from '@/lib/platform/sql'
import { type AnyTx, columns, runIn, sendIn, statement } from '@/lib/platform/statement'
import { Prisma } from '@/prisma/client/client'
import type { Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import type { AttemptPath } from './attempts'

/** The holder of a challenge: a browser by its secret, or a signed-in user. */
export type ChallengeRef = { secret: string } | { userId: string }

const RECIPIENTS = 'challenge.recipients'
const PAYLOAD = 'challenge.payload'

/** The columns that a rotation of keys rewrites. The hash of a code cannot be computed again. */
export const SEALED_CHALLENGES: SealedTable = {
  table: 'Challenge',
  word: 'challenges',
  sealed: [
    { column: 'sealedRecipients', context: RECIPIENTS },
    { column: 'sealedPayload', context: PAYLOAD },
  ],
}

/**
 * The live challenge of a browser or user for a purpose: not spent, not closed, not expired. Null
 * when there is none.
 */
export async function findChallenge(
  ref: ChallengeRef,
  purpose: Purpose,
  now: Date,
  tx: AnyTx = onPool,
): Promise<ChallengeModel | null> {
  const [challenge] =
    'secret' in ref
      ? await runIn(tx, FIND_OF_BROWSER, [hashSecret(ref.secret), purpose, now])
      : await runIn(tx, FIND_OF_USER, [ref.userId, purpose, now])
  return challenge ?? null
}

/** Null in rows of versions before, which is an empty list to Prisma. */
export const SUPERSEDED = `coalesce("supersededHashes", '{}') as "supersededHashes"`

/** The columns of a challenge. */
export const CHALLENGE = columns(Prisma.ChallengeScalarFieldEnum).replace(
  '"supersededHashes"',
  SUPERSEDED,
)

/** The condition of a live challenge; `now` is the parameter with the time. */
export const liveAt = (now: string) =>
  `"spentAt" is null and "closedAt" is null and "expiresAt" > ${now}::timestamptz`

const FIND_OF_BROWSER = statement<ChallengeModel>(
  'find_challenge_of_browser',
  `select ${CHALLENGE} from "Challenge" where "secretHash" = $1 and purpose = $2::"Purpose" and ${liveAt('$3')}`,
)

const FIND_OF_USER = statement<ChallengeModel>(
  'find_challenge_of_user',
  `select ${CHALLENGE} from "Challenge"
  where "userId" = $1::uuid and "secretHash" is null and purpose = $2::"Purpose" and ${liveAt('$3')} limit 1`,
)

/**
 * The challenge that this browser was issued for a purpose, in whatever state; null without one.
 */
export function findIssued(secret: string, purpose: Purpose): Promise<ChallengeModel | null> {
  const secretHash = hashSecret(secret)
  return db().challenge.findUnique({ where: { secretHash_purpose: { secretHash, purpose } } })
}

export const live = (now: Date) => ({ spentAt: null, closedAt: null, expiresAt: { gt: now } })

export const sealRecipients = (recipients: readonly AnyAddress[]) =>
  seal(JSON.stringify(recipients.map(({ kind, value }) => [kind, value])), RECIPIENTS)

export function openRecipients(challenge: ChallengeModel): AnyAddress[] {
  const stored: ['email' | 'phone', string][] = JSON.parse(
    open(challenge.sealedRecipients, RECIPIENTS),
  )
  return stored.map(([kind, value]) => fromStored(kind, value))
}

export const sealPayload = (payload: string | undefined) =>
  payload === undefined ? null : seal(payload, PAYLOAD)

/**
 * Records that the SIM of a number to which the code of a challenge goes was swapped. Call it before the
 * code is sent.
 */
export async function noteSimSwap(challengeId: string, now: Date): Promise<void> {
  await onPool.run(NOTE_SIM_SWAP, [challengeId, now])
}

const NOTE_SIM_SWAP = statement(
  'note_sim_swap',
  `update "Challenge" set "simSwapSeenAt" = coalesce("simSwapSeenAt", $2::timestamptz) where id = $1::uuid`,
)

/**
 * Closes the resets of a user on a path that have passed and lack only the new password: a number of this
 * path proves nobody any more. A reset that has not passed stays as it is, like that of a decoy.
 */
export async function closePassedResets(
  tx: AnyTx,
  { userId, path }: { userId: string; path: AttemptPath },
  now: Date,
): Promise<void> {
  await sendIn(tx, CLOSE_PASSED_RESETS, [userId, now, path])
}

/** The payload that the flow stored when the challenge was issued. Throws when there is none. */
export function openPayload(challenge: ChallengeModel): string {
  if (challenge.sealedPayload === null)
    throw new Error(`a challenge to ${challenge.purpose} has no payload`)
  return open(challenge.sealedPayload, PAYLOAD)
}

/**
 * Spends passed challenges in the transaction of what they permit. Refused with `challenge_gone`
 * when one of them was spent or closed before, or has expired; the caller must then write nothing
 * else, or roll back.
 */
export async function spendPassed(
  tx: AnyTx,
  challengeIds: readonly string[],
  now: Date,
): Promise<Result<undefined, 'challenge_gone'>> {
  const spent = await runIn(tx, SPEND, [[...challengeIds], now])
  return spent.length === challengeIds.length ? done() : refuse('challenge_gone')
}

const SPEND = statement<{ id: string }>(
  'spend_challenges',
  `update "Challenge" set "spentAt" = $2::timestamptz
  where id = any($1::uuid[]) and "passedAt" is not null and ${liveAt('$2')} returning id`,
)

/**
 * Closes every open challenge of a user, or those about one address. They can no longer be passed
 * or spent.
 */
export async function closeChallenges(
  tx: AnyTx,
  { userId, addressId }: { userId: string; addressId?: string },
  now: Date,
): Promise<void> {
  await sendIn(tx, CLOSE, [userId, now, addressId ?? null])
}

/**
 * Closes the open challenges that the saved code of a user passes, because another one replaces it.
 * They can no longer be passed or spent.
 */
export async function closeOfSavedCode(tx: AnyTx, userId: string, now: Date): Promise<void> {
  await sendIn(tx, CLOSE_OF_SAVED_CODE, [userId, now])
}

/** Closes every open challenge of a user: `$1` is the user, `$2` the time. A condition may follow. */
export const CLOSE_CHALLENGES = `update "Challenge" set "closedAt" = $2::timestamptz
  where "userId" = $1::uuid and "spentAt" is null and "closedAt" is null`

const CLOSE_PASSED_RESETS = statement(
  'close_passed_resets',
  `${CLOSE_CHALLENGES} and purpose = 'reset_password' and "passedAt" is not null and path = $3`,
)

const CLOSE_OF_SAVED_CODE = statement(
  'close_challenges_of_saved_code',
  `${CLOSE_CHALLENGES} and path = 'saved_code'`,
)

const CLOSE = statement(
  'close_challenges',
  `${CLOSE_CHALLENGES} and ($3::uuid is null or "addressId" = $3::uuid)`,
)
