import type { AnyAddress } from '@/lib/addresses'
import { channelTo, type Outgoing } from '@/lib/messaging'
import { env } from '@/lib/platform/env'
import type { Locale } from '@/lib/platform/locale'
import type { AddressKind, Channel, Purpose } from '@/prisma/client/enums'
import { codeExpiry } from './expiry'

/** A code that is sent. */
export type CodeRequest = {
  purpose: Purpose
  /**
   * The recipients of the code. Without recipients it is a decoy: the screens are the same, and no
   * code is right.
   */
  recipients: readonly AnyAddress[]
  /** How the code goes to numbers; by SMS unless it is said. */
  phoneChannel?: Channel | null
  /** What a decoy pretends to send to. Otherwise the kind of each recipient decides. */
  decoyKind?: AddressKind
  locale: Locale
  now: Date
}

/**
 * The messages with a code, one for each recipient. A decoy has one message without a recipient.
 */
export function codeMessages(request: CodeRequest, challengeId: string, code: string): Outgoing[] {
  const { purpose, recipients, phoneChannel, decoyKind = 'phone', locale, now } = request
  const lifetimeSeconds = env().CODE_LIFETIME_SECONDS
  const content = { kind: 'code', purpose, code, lifetimeSeconds } as const
  const message = { content, challengeId, locale, expiresAt: codeExpiry(now) }
  if (recipients.length === 0)
    return [{ ...message, to: null, channel: channelTo({ kind: decoyKind }, phoneChannel) }]
  return recipients.map((to) => ({ ...message, to, channel: channelTo(to, phoneChannel) }))
}
