import { maskAddress } from '@/lib/addresses'
import {
  type DeliveryStatus,
  findDeliveryStatus,
  type PhoneChannel,
  phoneChannelOf,
} from '@/lib/messaging'
import { env } from '@/lib/platform/env'
import type { Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import { ATTEMPTS_PER_CHALLENGE } from './attempts'
import { SAVED_CODE } from './code'
import { resendTime, secondsUntil } from './expiry'
import { PURPOSES } from './purposes'
import { type ChallengeRef, findChallenge, openRecipients } from './store'

/** The data of a code screen. Durations in seconds. */
export type ChallengeView = {
  isPassed: boolean
  /** Whether a saved code is asked for, so that no code was sent. */
  isSavedCode: boolean
  isCodeExpired: boolean
  isExhausted: boolean
  /**
   * Masks, for a signed-in customer. Empty for a stranger: they would reveal that the account
   * exists.
   */
  sentTo: string[]
  /**
   * The delivery status of the latest code, for a signed-in customer. Undefined for a stranger: the
   * code of a decoy never arrives.
   */
  delivery?: DeliveryStatus
  /**
   * How the code goes to a number, where another channel can be chosen. Undefined when an e-mail
   * address is or may be among the recipients, and when the shop has SMS alone.
   */
  phoneChannel?: PhoneChannel
  /** Milliseconds since the epoch. Differs for each send. */
  codeSentAt: number
  secondsSinceSent: number
  secondsToResend: number
  secondsToExpiry: number
}

/**
 * Reads the live challenge of a browser or user for a purpose, for its screen; null when there is
 * none.
 */
export async function viewChallenge(
  ref: ChallengeRef,
  purpose: Purpose,
  now: Date,
): Promise<ChallengeView | null> {
  const challenge = await findChallenge(ref, purpose, now)
  return challenge && describeChallenge(challenge, ref, now)
}

/** The same for a live challenge that was found by `ref`. */
export async function describeChallenge(
  challenge: ChallengeModel,
  ref: ChallengeRef,
  now: Date,
): Promise<ChallengeView> {
  return {
    isPassed: challenge.passedAt !== null,
    isSavedCode: challenge.path === SAVED_CODE,
    isCodeExpired: challenge.codeExpiresAt <= now,
    isExhausted: challenge.attempts >= ATTEMPTS_PER_CHALLENGE,
    sentTo: 'userId' in ref ? openRecipients(challenge).map(maskAddress) : [],
    ...('userId' in ref && {
      delivery: await findDeliveryStatus(challenge.id, challenge.codeSentAt),
    }),
    ...(env().hasWhatsapp &&
      isToNumbers(challenge) && { phoneChannel: phoneChannelOf(challenge.phoneChannel) }),
    codeSentAt: challenge.codeSentAt.getTime(),
    secondsSinceSent: Math.max(0, (now.getTime() - challenge.codeSentAt.getTime()) / 1_000),
    secondsToResend: secondsUntil(resendTime(challenge.codeSentAt), now),
    secondsToExpiry: secondsUntil(challenge.codeExpiresAt, now),
  }
}

/** For a stranger it depends on what was asked for, never on the account. */
function isToNumbers(challenge: ChallengeModel) {
  const { purpose, path } = challenge
  if (PURPOSES[purpose].askedBy !== 'customer')
    return purpose === 'register' || path === 'primary_phone'
  const [first, ...others] = openRecipients(challenge)
  return first?.kind === 'phone' && others.every(({ kind }) => kind === 'phone')
}
