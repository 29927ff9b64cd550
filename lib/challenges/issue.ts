import { randomUUID } from 'node:crypto'
import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { type Outgoing, sendMessages } from '@/lib/messaging'
import { hashSecret, newSecret } from '@/lib/platform/crypto'
import { lockUser, type Tx, transaction } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { type Locale, parseLocale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import {
  consumeRecipientLimit,
  consumeSendLimit,
  ownSendsKey,
  unfreezeSendsKey,
} from '@/lib/platform/rate-limits'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import type { Channel, Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import { ATTEMPTS_PER_CHALLENGE } from './attempts'
import { hashCode, hashOfNoCode, newCode } from './code'
import {
  challengeExpiry,
  codeExpiry,
  latest,
  resendHorizon,
  resendTime,
  secondsUntil,
} from './expiry'
import {
  type ChallengeRef,
  findChallenge,
  isUnfreezing,
  live,
  openPayload,
  openRecipients,
  sealPayload,
  sealRecipients,
} from './store'

export type ChallengeRequest = {
  purpose: Purpose
  /** The account that the answer speaks for; null for a registration, and for a decoy. */
  userId: string | null
  /** The blind index of the address that was submitted: limits and attempt counters count by it. */
  rateLimitKey: string
  /** Who is sent the code. Nobody makes a decoy: every screen is the same, and no code is right. */
  recipients: readonly AnyAddress[]
  channel: Channel
  payload?: string
  addressId?: string
  locale: Locale
  now: Date
}

/**
 * Issues a challenge to a browser that is not signed in, and returns the secret for its cookie. Row and message join the
 * caller's transaction. A decoy costs the same statements.
 */
export async function issueToBrowser(
  tx: Tx,
  question: ChallengeRequest,
): Promise<{ secret: string }> {
  const secret = newSecret()
  await insert(tx, question, hashSecret(secret))
  return { secret }
}

/**
 * Issues a challenge to a browser that has the secret of its flow already. What it was asked for these purposes before is closed
 * and forgets the browser; the same question asked again within the resend pause keeps the code that is on its way.
 */
export async function issueToFlow(
  tx: Tx,
  question: ChallengeRequest,
  secret: string,
  replaced: readonly Purpose[],
): Promise<void> {
  const current = await findChallenge({ secret }, question.purpose, question.now, tx)
  if (current && isSameQuestion(current, question)) return
  const secretHash = hashSecret(secret)
  const open = { secretHash, purpose: { in: [...replaced] } }
  await tx.challenge.updateMany({ where: open, data: { secretHash: null, closedAt: question.now } })
  await insert(tx, question, secretHash)
}

/**
 * Issues a challenge to a signed-in user; an open one of the same purpose is closed. The same question asked again within
 * the resend pause keeps the code that is on its way.
 */
export async function issueToUser(
  tx: Tx,
  question: ChallengeRequest & { userId: string },
): Promise<void> {
  const { userId, purpose, now } = question
  await lockUser(tx, userId)
  const current = await findChallenge({ userId }, purpose, now, tx)
  if (current && isSameQuestion(current, question)) return
  await tx.challenge.updateMany({
    where: { userId, purpose, secretHash: null, spentAt: null, closedAt: null },
    data: { closedAt: now },
  })
  await insert(tx, question, null)
}

/**
 * Leaves out the recipients to whom strangers had too much sent, by whatever identifiers, and does not tell. Where there is no
 * recipient, the same is asked of the submitted address.
 */
export async function withoutThrottled(
  recipients: readonly AnyAddress[],
  rateLimitKey: string,
): Promise<AnyAddress[]> {
  if (recipients.length === 0) await consumeRecipientLimit(`nobody:${rateLimitKey}`)
  const allowed: AnyAddress[] = []
  for (const recipient of recipients)
    if (await consumeRecipientLimit(blindIndexOf(recipient))) allowed.push(recipient)
  return allowed
}

export type ResendRefusal =
  | 'resend_too_early'
  | 'send_throttled'
  | 'code_exhausted'
  | 'challenge_gone'

/**
 * Replaces the code of an open challenge and sends the new one to the same recipients. The attempts already used stay used
 * (NIST SP 800-63B-4 3.2.2). Refused with seconds before the pause is over or when a limit is reached.
 */
export async function resendCode(
  ref: ChallengeRef,
  purpose: Purpose,
  origin: Origin,
  now: Date,
): Promise<Result<undefined, ResendRefusal>> {
  const challenge = await findChallenge(ref, purpose, now)
  const refusal = challenge
    ? ((await refuseResend(challenge, now)) ??
      (await consumeSendLimit(senderOf(challenge), origin.ip)))
    : refuse('challenge_gone')
  if (refusal || !challenge) return refusal ?? refuse('challenge_gone')
  const recipients = openRecipients(challenge)
  const isStranger = challenge.secretHash !== null && !isUnfreezing(challenge.purpose)
  const allowed = isStranger
    ? await withoutThrottled(recipients, challenge.rateLimitKey)
    : recipients
  const isReplaced = await transaction((tx) => replaceCode(tx, challenge, allowed, now))
  return isReplaced ? done() : refuse('resend_too_early', env().RESEND_PAUSE_SECONDS)
}

/** An address that nobody has confirmed may be a stranger's: sends there are counted by the address. */
const TO_UNCONFIRMED: readonly Purpose[] = [
  'confirm_recovery',
  'confirm_phone',
  'confirm_email',
  'confirm_replacement',
  'verify_email',
]

function senderOf({ purpose, userId, secretHash, rateLimitKey }: ChallengeModel) {
  if (userId && isUnfreezing(purpose)) return unfreezeSendsKey(userId)
  return userId && secretHash === null && !TO_UNCONFIRMED.includes(purpose)
    ? ownSendsKey(userId)
    : rateLimitKey
}

async function refuseResend(
  challenge: ChallengeModel,
  now: Date,
): Promise<Refused<ResendRefusal> | undefined> {
  if (challenge.passedAt) return refuse('challenge_gone')
  if (challenge.attempts >= ATTEMPTS_PER_CHALLENGE) return refuse('code_exhausted')
  const wait = secondsUntil(resendTime(challenge.codeSentAt), now)
  return wait > 0 ? refuse('resend_too_early', wait) : undefined
}

async function replaceCode(
  tx: Tx,
  challenge: ChallengeModel,
  recipients: readonly AnyAddress[],
  now: Date,
) {
  const code = newCode()
  const replaced = await tx.challenge.updateMany({
    where: {
      id: challenge.id,
      ...live(now),
      passedAt: null,
      attempts: { lt: ATTEMPTS_PER_CHALLENGE },
      codeSentAt: { lte: resendHorizon(now) },
    },
    data: {
      codeHash: recipients.length > 0 ? hashCode(challenge.id, code) : hashOfNoCode(challenge.id),
      supersededHashes: { push: challenge.codeHash },
      codeSentAt: now,
      codeExpiresAt: codeExpiry(now),
      expiresAt: latest(challenge.expiresAt, codeExpiry(now)),
    },
  })
  if (replaced.count === 0) return false
  const channel = recipients[0]?.kind === 'email' ? 'email' : 'sms'
  const { purpose } = challenge
  await sendMessages(
    tx,
    codeMessages(
      { purpose, recipients, channel, locale: parseLocale(challenge.locale), now },
      challenge.id,
      code,
    ),
    now,
  )
  return true
}

async function insert(tx: Tx, question: ChallengeRequest, secretHash: string | null) {
  const { purpose, userId, rateLimitKey, recipients, addressId, locale, now } = question
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
      sealedPayload: sealPayload(question.payload),
      locale,
      codeHash: recipients.length > 0 ? hashCode(id, code) : hashOfNoCode(id),
      createdAt: now,
      codeSentAt: now,
      codeExpiresAt: codeExpiry(now),
      expiresAt: challengeExpiry(now),
    },
  })
  await sendMessages(tx, codeMessages(question, id, code), now)
}

function codeMessages(
  question: Pick<ChallengeRequest, 'purpose' | 'recipients' | 'channel' | 'locale' | 'now'>,
  challengeId: string,
  code: string,
): Outgoing[] {
  const content = {
    kind: 'code',
    purpose: question.purpose,
    code,
    lifetimeSeconds: env().CODE_LIFETIME_SECONDS,
  } as const
  const message = {
    content,
    challengeId,
    locale: question.locale,
    expiresAt: codeExpiry(question.now),
  }
  if (question.recipients.length === 0) return [{ ...message, to: null, channel: question.channel }]
  return question.recipients.map((to) => ({
    ...message,
    to,
    channel: to.kind === 'email' ? 'email' : 'sms',
  }))
}

function isSameQuestion(current: ChallengeModel, question: ChallengeRequest) {
  const isFresh =
    current.codeSentAt > resendHorizon(question.now) && current.attempts < ATTEMPTS_PER_CHALLENGE
  const payload = current.sealedPayload === null ? undefined : openPayload(current)
  return (
    isFresh && payload === question.payload && current.addressId === (question.addressId ?? null)
  )
}
