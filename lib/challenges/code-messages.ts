import type { AnyAddress } from '@/lib/addresses'
import type { Outgoing } from '@/lib/messaging'
import { env } from '@/lib/platform/env'
import type { Locale } from '@/lib/platform/locale'
import type { Channel, Purpose } from '@/prisma/client/enums'
import { codeExpiry } from './expiry'

/** A code that is sent. */
export type CodeRequest = {
  purpose: Purpose
  /**
   * The recipients of the code. Without recipients it is a decoy: the screens are the same, and no
   * code is right.
   */
  recipients: readonly AnyAddress[]
  /** The channel of a decoy's message. Otherwise the kind of each recipient decides. */
  decoyChannel?: Channel
  locale: Locale
  now: Date
}

/**
 * The messages with a code, one for each recipient. A decoy has one message without a recipient.
 */
export function codeMessages(request: CodeRequest, challengeId: string, code: string): Outgoing[] {
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
