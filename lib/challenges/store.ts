import { type AnyAddress, fromStored } from '@/lib/addresses'
import { hashSecret, newSecret, open, seal } from '@/lib/platform/crypto'
import { db, type Tx } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'

/** The holder of a challenge: a browser by its secret, or a signed-in user. */
export type ChallengeRef = { secret: string } | { userId: string }

const RECIPIENTS = 'challenge.recipients'
const PAYLOAD = 'challenge.payload'

/**
 * The live challenge of a browser or user for a purpose: not spent, not closed, not expired. Null
 * when there is none.
 */
export function findChallenge(
  ref: ChallengeRef,
  purpose: Purpose,
  now: Date,
  tx: Tx = db(),
): Promise<ChallengeModel | null> {
  const whose =
    'secret' in ref
      ? { secretHash: hashSecret(ref.secret) }
      : { userId: ref.userId, secretHash: null }
  return tx.challenge.findFirst({ where: { ...whose, purpose, ...live(now) } })
}

/**
 * The challenge that this browser was issued for a purpose, in whatever state; null without one.
 */
export function findIssued(secret: string, purpose: Purpose): Promise<ChallengeModel | null> {
  const secretHash = hashSecret(secret)
  return db().challenge.findUnique({ where: { secretHash_purpose: { secretHash, purpose } } })
}

/**
 * Binds a challenge to a new secret and returns it. The previous secret no longer finds the
 * challenge.
 */
export async function renewSecret(tx: Tx, challengeId: string): Promise<string> {
  const secret = newSecret()
  await tx.challenge.update({
    where: { id: challengeId },
    data: { secretHash: hashSecret(secret) },
  })
  return secret
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
  tx: Tx,
  challengeIds: readonly string[],
  now: Date,
): Promise<Result<undefined, 'challenge_gone'>> {
  const spent = await tx.challenge.updateMany({
    where: { id: { in: [...challengeIds] }, passedAt: { not: null }, ...live(now) },
    data: { spentAt: now },
  })
  return spent.count === challengeIds.length ? done() : refuse('challenge_gone')
}

/**
 * Closes every open challenge of a user, or those about one address. They can no longer be passed
 * or spent.
 */
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
