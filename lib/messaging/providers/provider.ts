import type { AnyAddress } from '@/lib/addresses'
import type { Locale } from '@/lib/platform/locale'
import type { Channel, RefusedPart } from '@/prisma/client/enums'

/**
 * The template of a WhatsApp message and its values: `code` has the code alone, `notice` the name of
 * the shop and the text. A value has no line break, which Meta refuses.
 */
export type Template = {
  name: 'code' | 'notice'
  locale: Locale
  values: readonly [string, ...string[]]
}

/** A rendered message. Only an e-mail has a subject, and only a WhatsApp message a template. */
export type Rendered = {
  to: AnyAddress
  kind: string
  subject?: string
  text: string
  html?: string
  template?: Template
}

/**
 * `idempotencyKey` is the same for every attempt of a message; `signal` aborts the attempt; after
 * `expiresAt` it must not be sent.
 */
export type SendOptions = { idempotencyKey: string; expiresAt: Date; signal: AbortSignal }

/**
 * `accepted`: the provider has the message, and it has arrived if the provider is the inbox itself. `retry`: it does not accept it now; `isOutage` if it
 * accepts no message at all, `isThrottled` if it works and we send too fast. `misconfigured`: it refuses our key, sender, account or template until the operator
 * corrects it. `rejected`: the address is wrong, or has no WhatsApp, and no provider will accept it. A reason is a word
 * or a number, never a text of the provider, which could quote addresses and codes.
 */
export type Outcome =
  | { kind: 'accepted'; providerId: string; hasArrived?: true }
  | { kind: 'retry'; reason: string; afterSeconds?: number; isOutage?: true; isThrottled?: true }
  | { kind: 'misconfigured'; reason: string; refuses: RefusedPart }
  | { kind: 'rejected'; reason: string }

/**
 * The result of a check of our key; `unknown` when the provider does not answer, or not about the
 * key.
 */
export type CredentialCheck = 'welcome' | 'misconfigured' | 'unknown'

/** A provider of one channel. `probe` checks our key without an effect. */
export type Provider = {
  name: string
  channel: Channel
  send(rendered: Rendered, delivery: SendOptions): Promise<Outcome>
  probe?(signal: AbortSignal): Promise<CredentialCheck>
}
