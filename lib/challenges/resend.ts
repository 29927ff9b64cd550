import type { AnyAddress } from '@/lib/addresses'
import {
  fallBackOfChallenge,
  type PhoneChannel,
  phoneChannelOf,
  sendMessages,
} from '@/lib/messaging'
import { hashingKeyId } from '@/lib/platform/crypto'
import { lockUser, type Tx, transaction } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { parseLocale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import { sqlTransaction } from '@/lib/platform/sql'
import { type AnyTx, sendIn, statement } from '@/lib/platform/statement'
import type { Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import { ATTEMPTS_PER_CHALLENGE } from './attempts'
import { hashCode, hashOfNoCode, newCode, SAVED_CODE } from './code'
import { logCode, logResendRefused, refuseGone } from './code-lines'
import { codeMessages } from './code-messages'
import { codeExpiry, latest, resendHorizon, resendTime, secondsUntil } from './expiry'
import { withoutThrottled } from './issue'
import { limitResend } from './limit-resend'
import { PURPOSES } from './purposes'
import { type ChallengeRef, findChallenge, live, openRecipients } from './store'

export type ResendRefusal =
  | 'resend_too_early'
  | 'send_throttled'
  | 'code_exhausted'
  | 'challenge_gone'

/**
 * Replaces the code of an open challenge and sends the new one to the same recipients. `wanted`
 * names another channel, which is stored as the choice of a signed-in customer. The number of used
 * attempts stays the same (NIST SP 800-63B-4 3.2.2).
 * Refused: `resend_too_early` and `send_throttled`, each with the seconds to wait; `code_exhausted`;
 * `challenge_gone`.
 */
export async function resendCode(
  ref: ChallengeRef,
  purpose: Purpose,
  origin: Origin,
  now: Date,
  wanted?: PhoneChannel,
): Promise<Result<undefined, ResendRefusal>> {
  const challenge = await findChallenge(ref, purpose, now)
  if (!challenge) return refuseGone(purpose)
  const refusal =
    (await refuseResend(challenge, now)) ?? (await limitResend(challenge, origin, now))
  if (refusal) {
    logResendRefused(challenge, refusal.refusal)
    return refusal
  }
  const recipients = openRecipients(challenge)
  const allowed = isOwnBrowser(challenge)
    ? recipients
    : await withoutThrottled(recipients, purpose, challenge.rateLimitKey)
  const phoneChannel = phoneChannelOf(wanted ?? challenge.phoneChannel)
  const isReplaced = await transaction(async (tx) => {
    if (wanted) await remember(tx, ref, phoneChannel)
    return replaceCode(tx, { ...challenge, phoneChannel }, allowed, now)
  })
  return isReplaced ? done() : refuse('resend_too_early', env().RESEND_PAUSE_SECONDS)
}

/**
 * Sends the code of a WhatsApp message by SMS, too: the same code, with the same end and the same
 * attempts, at once. Further codes go by SMS, and so do all messages to a signed-in customer. A code
 * that has gone by SMS before is not sent again. Refused: `challenge_gone`.
 */
export async function sendCodeBySms(
  ref: ChallengeRef,
  purpose: Purpose,
  now: Date,
): Promise<Result<undefined, 'challenge_gone'>> {
  const challenge = await findChallenge(ref, purpose, now)
  if (!challenge || challenge.passedAt) return refuseGone(purpose)
  await sqlTransaction(async (tx) => {
    await remember(tx, ref, 'sms')
    await fallBackOfChallenge(tx, challenge.id, now)
    await sendIn(tx, GO_ON_BY_SMS, [challenge.id])
  })
  return done()
}

/** The lock of the user comes before that of the challenge, as everywhere. */
async function remember(tx: AnyTx, ref: ChallengeRef, channel: PhoneChannel) {
  if (!('userId' in ref)) return
  await lockUser(tx, ref.userId)
  await sendIn(tx, REMEMBER_CHANNEL, [ref.userId, channel])
}

const REMEMBER_CHANNEL = statement(
  'remember_phone_channel',
  `update "User" set "phoneChannel" = $2::"Channel" where id = $1::uuid`,
)

const GO_ON_BY_SMS = statement(
  'go_on_by_sms',
  `update "Challenge" set "phoneChannel" = 'sms' where id = $1::uuid`,
)

/** A known device, a link and a signed-in customer have sends of their own. */
const isOwnBrowser = ({ purpose, scope }: ChallengeModel) =>
  PURPOSES[purpose].askedBy !== 'stranger' || scope === 'device' || scope === 'link'

async function refuseResend(
  challenge: ChallengeModel,
  now: Date,
): Promise<Refused<ResendRefusal> | undefined> {
  // Nothing was sent that could be sent again.
  if (challenge.passedAt || challenge.path === SAVED_CODE) return refuse('challenge_gone')
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
      keyId: hashingKeyId(),
      phoneChannel: challenge.phoneChannel,
      supersededHashes: { push: challenge.codeHash },
      codeSentAt: now,
      codeExpiresAt: codeExpiry(now),
      expiresAt: latest(challenge.expiresAt, codeExpiry(now)),
    },
  })
  if (replaced.count === 0) return false
  const locale = parseLocale(challenge.locale)
  const { purpose, phoneChannel } = challenge
  const request = { purpose, recipients, phoneChannel, locale, now }
  await sendMessages(tx, codeMessages(request, challenge.id, code), now)
  logCode(challenge, recipients)
  return true
}
