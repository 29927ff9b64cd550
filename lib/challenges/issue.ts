import { randomUUID } from 'node:crypto'
import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { type Outgoing, sendMessages } from '@/lib/messaging'
import { hashSecret, newSecret } from '@/lib/platform/crypto'
import { lockUser, type Tx } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import type { Locale } from '@/lib/platform/locale'
import { consumeRecipientLimit } from '@/lib/platform/rate-limits'
import type { Channel, Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import { ATTEMPTS_PER_CHALLENGE, type AttemptPath, type AttemptScope } from './attempts'
import { hashCode, hashOfNoCode, newCode } from './code'
import { logCode } from './code-lines'
import { challengeExpiry, codeExpiry, resendHorizon } from './expiry'
import { recipientKey } from './purposes'
import { findChallenge, live, openPayload, sealPayload, sealRecipients } from './store'
import { replaceEarlier } from './supersede'

export type ChallengeRequest = {
  purpose: Purpose
  /** The account of the challenge; null for a registration and for a decoy. */
  userId: string | null
  /** The blind index of the submitted address. Limits and attempt counters use it. */
  rateLimitKey: string
  /**
   * The recipients of the code. Without recipients it is a decoy: the screens are the same, and no
   * code is right.
   */
  recipients: readonly AnyAddress[]
  /** The channel of a decoy's message. Otherwise the kind of each recipient decides. */
  decoyChannel?: Channel
  payload?: string
  addressId?: string
  /** Where wrong answers to a reset are counted. */
  attempts?: { path: AttemptPath; scope: AttemptScope }
  /** The secret of the challenge that this browser began before: its codes are now older ones. */
  earlierSecret?: string | undefined
  locale: Locale
  now: Date
}

/**
 * Issues a challenge to a browser that is not signed in, and returns the secret for its cookie. Row
 * and messages are written in the caller's transaction. A decoy executes the same statements. The
 * challenge of `earlierSecret` is closed, and its codes are refused as superseded here.
 */
export async function issueToBrowser(
  tx: Tx,
  request: ChallengeRequest,
): Promise<{ secret: string }> {
  const { earlierSecret = '', purpose, now } = request
  const secret = newSecret()
  const open = { secretHash: hashSecret(earlierSecret), purpose, passedAt: null, ...live(now) }
  await insert(tx, request, hashSecret(secret), await replaceEarlier(tx, open, request))
  return { secret }
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
  await insert(
    tx,
    request,
    secretHash,
    await replaceEarlier(tx, open, request, { secretHash: null }),
  )
}

/**
 * Issues a challenge to a signed-in user and closes an open one of the same purpose. The same
 * request within the resend pause changes nothing: the first code stays valid.
 */
export async function issueToUser(
  tx: Tx,
  request: ChallengeRequest & { userId: string },
): Promise<void> {
  const { userId, purpose, now } = request
  await lockUser(tx, userId)
  const current = await findChallenge({ userId }, purpose, now, tx)
  if (current && isSameRequest(current, request)) return
  const open = { userId, purpose, secretHash: null, spentAt: null, closedAt: null }
  await insert(tx, request, null, await replaceEarlier(tx, open, request))
}

/**
 * Consumes one message for each recipient and returns the recipients without those that received
 * too many; the caller must not show the difference. Without recipients it consumes the same limits
 * for the submitted address, so that the statements are equal.
 */
export async function withoutThrottled(
  recipients: readonly AnyAddress[],
  purpose: Purpose,
  rateLimitKey: string,
): Promise<AnyAddress[]> {
  if (recipients.length === 0)
    await consumeRecipientLimit(recipientKey(purpose, `nobody:${rateLimitKey}`))
  const allowed: AnyAddress[] = []
  for (const recipient of recipients)
    if (await consumeRecipientLimit(recipientKey(purpose, blindIndexOf(recipient))))
      allowed.push(recipient)
  return allowed
}

async function insert(
  tx: Tx,
  request: ChallengeRequest,
  secretHash: string | null,
  supersededHashes: string[],
) {
  const { purpose, userId, rateLimitKey, recipients, addressId, attempts, locale, now } = request
  const id = randomUUID()
  const code = newCode()
  await tx.challenge.create({
    data: {
      id,
      purpose,
      secretHash,
      userId,
      rateLimitKey,
      addressId: addressId ?? null,
      sealedRecipients: sealRecipients(recipients),
      sealedPayload: sealPayload(request.payload),
      path: attempts?.path ?? null,
      scope: attempts?.scope.kind ?? null,
      scopeId: attempts && 'id' in attempts.scope ? attempts.scope.id : null,
      locale,
      codeHash: recipients.length > 0 ? hashCode(id, code) : hashOfNoCode(id),
      supersededHashes,
      codeSentAt: now,
      codeExpiresAt: codeExpiry(now),
      expiresAt: challengeExpiry(now),
    },
  })
  await sendMessages(tx, codeMessages(request, id, code), now)
  logCode(request, recipients.length > 0)
}

/**
 * The messages with a code, one for each recipient. A decoy has one message without a recipient.
 */
export function codeMessages(
  request: Pick<ChallengeRequest, 'purpose' | 'recipients' | 'decoyChannel' | 'locale' | 'now'>,
  challengeId: string,
  code: string,
): Outgoing[] {
  const { purpose, recipients, decoyChannel = 'sms', locale, now } = request
  const lifetimeSeconds = env().CODE_LIFETIME_SECONDS
  const content = { kind: 'code', purpose, code, lifetimeSeconds } as const
  const message = { content, challengeId, locale, expiresAt: codeExpiry(now) }
  if (recipients.length === 0) return [{ ...message, to: null, channel: decoyChannel }]
  return recipients.map((to) => ({
    ...message,
    to,
    channel: to.kind === 'email' ? 'email' : 'sms',
  }))
}

/** Whether the same request would send no new code: its pause is not over, and attempts are left. */
export const keepsCode = ({ codeSentAt, attempts }: ChallengeModel, now: Date): boolean =>
  codeSentAt > resendHorizon(now) && attempts < ATTEMPTS_PER_CHALLENGE

function isSameRequest(current: ChallengeModel, request: ChallengeRequest) {
  const payload = current.sealedPayload === null ? undefined : openPayload(current)
  return (
    keepsCode(current, request.now) &&
    payload === request.payload &&
    current.addressId === (request.addressId ?? null)
  )
}
