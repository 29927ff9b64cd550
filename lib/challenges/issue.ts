import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { hashSecret, newSecret } from '@/lib/platform/crypto'
import { lockUser, type Tx } from '@/lib/platform/db'
import type { Once } from '@/lib/platform/limit-uses'
import { consumeRecipientLimits, consumeRecipientLimitsOnce } from '@/lib/platform/rate-limits'
import type { AnyTx } from '@/lib/platform/statement'
import type { Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import { ATTEMPTS_PER_CHALLENGE } from './attempts'
import { resendHorizon } from './expiry'
import { type ChallengeRequest, insertChallenge } from './insert'
import { recipientKey } from './purposes'
import { findChallenge, openPayload } from './store'
import { closeOfBrowser, replaceEarlier } from './supersede'

/**
 * Issues a challenge to a browser that is not signed in, and returns the secret for its cookie. Row
 * and messages are written in the caller's transaction. A decoy executes the same statements. The
 * codes of the challenge that `closeEarlier` closed are refused as superseded here: `replaced` is
 * what it returned.
 */
export async function issueToBrowser(
  tx: AnyTx,
  request: ChallengeRequest,
  replaced?: readonly string[],
): Promise<{ secret: string }> {
  const secret = newSecret()
  const hashes = replaced ?? (await closeEarlier(tx, request))
  await insertChallenge(tx, request, hashSecret(secret), hashes)
  return { secret }
}

/**
 * Closes the challenge of `earlierSecret`, if it is open, and returns the hashes of its codes. Without
 * a secret there is none: the statement depends on the cookie alone.
 */
export async function closeEarlier(tx: AnyTx, request: ChallengeRequest): Promise<string[]> {
  const { earlierSecret } = request
  return earlierSecret ? closeOfBrowser(tx, hashSecret(earlierSecret), request) : []
}

/**
 * Issues a challenge to a browser that already has the secret of its flow. Its earlier challenges
 * of the replaced purposes are closed and no longer have its secret. The same request within the
 * resend pause changes nothing: the first code stays valid.
 */
export async function issueToFlow(
  tx: Tx,
  request: ChallengeRequest,
  secret: string,
  replaced: readonly Purpose[],
): Promise<void> {
  const current = await findChallenge({ secret }, request.purpose, request.now, tx)
  if (current && isSameRequest(current, request)) return
  const secretHash = hashSecret(secret)
  const open = { secretHash, purpose: { in: [...replaced] } }
  const replacedCodes = await replaceEarlier(tx, open, request, { secretHash: null })
  await insertChallenge(tx, request, secretHash, replacedCodes)
}

/**
 * Issues a challenge to a signed-in user, by the channel that the user prefers, and closes an open
 * one of the same purpose. The same request within the resend pause changes nothing: the first code stays valid.
 */
export async function issueToUser(
  tx: Tx,
  request: ChallengeRequest & { userId: string },
): Promise<void> {
  const { userId, purpose, now } = request
  const { phoneChannel } = await lockUser(tx, userId)
  const current = await findChallenge({ userId }, purpose, now, tx)
  if (current && isSameRequest(current, request)) return
  const open = { userId, purpose, secretHash: null, spentAt: null, closedAt: null }
  const replaced = await replaceEarlier(tx, open, request)
  await insertChallenge(tx, { ...request, phoneChannel }, null, replaced)
}

/**
 * Consumes one message for each recipient and returns the recipients without those that received
 * too many; the caller must not show the difference. Without recipients it consumes the same limits
 * for the submitted address, so that the statement is equal.
 */
export async function withoutThrottled(
  recipients: readonly AnyAddress[],
  purpose: Purpose,
  rateLimitKey: string,
): Promise<AnyAddress[]> {
  const isAllowed = await consumeRecipientLimits(limitKeys(recipients, purpose, rateLimitKey))
  return recipients.filter((_, nth) => isAllowed[nth])
}

/** The same as `withoutThrottled` and `takeOnce`, by one statement unless limits are in Redis. */
export async function withoutThrottledOnce(
  tx: AnyTx,
  recipients: readonly AnyAddress[],
  { purpose, rateLimitKey, once }: { purpose: Purpose; rateLimitKey: string; once: Once },
): Promise<{ allowed: readonly AnyAddress[]; isFirst: boolean }> {
  const keys = limitKeys(recipients, purpose, rateLimitKey)
  const { isAllowed, isFirst } = await consumeRecipientLimitsOnce(keys, once, tx)
  return { allowed: recipients.filter((_, nth) => isAllowed[nth]), isFirst }
}

function limitKeys(recipients: readonly AnyAddress[], purpose: Purpose, rateLimitKey: string) {
  const indexes = recipients.length > 0 ? recipients.map(blindIndexOf) : [`nobody:${rateLimitKey}`]
  return indexes.map((index) => recipientKey(purpose, index))
}

/** Whether the same request would send no new code: its pause is not over, and attempts are left. */
export const keepsCode = ({ codeSentAt, attempts }: ChallengeModel, now: Date): boolean =>
  codeSentAt > resendHorizon(now) && attempts < ATTEMPTS_PER_CHALLENGE

function isSameRequest(current: ChallengeModel, request: ChallengeRequest) {
  const payload = current.sealedPayload === null ? undefined : openPayload(current)
  return (
    keepsCode(current, request.now) &&
    payload === request.payload &&
    current.path === (request.attempts?.path ?? null) &&
    current.addressId === (request.addressId ?? null)
  )
}
