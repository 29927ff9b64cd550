import type { AnyAddress } from '@/lib/addresses'
import type { Channel, RefusedPart } from '@/prisma/client/enums'

/** A rendered message. Only an e-mail has a subject. */
export type Rendered = {
  to: AnyAddress
  kind: string
  subject?: string
  text: string
  html?: string
}

/**
 * `idempotencyKey` is the same for every attempt of a message; `signal` aborts the attempt; after
 * `expiresAt` it must not be sent.
 */
export type SendOptions = { idempotencyKey: string; expiresAt: Date; signal: AbortSignal }

/**
 * `accepted`: the provider has the message. `retry`: it does not accept it now; `isOutage` if it
 * accepts no message at all, `isThrottled` if it works and we send too fast. `misconfigured`: it refuses our key, sender or account until the operator
 * corrects it. `rejected`: the address is wrong, and no provider will accept it. A reason is a word
 * or a number, never a text of the provider, which could quote addresses and codes.
 */
export type Outcome =
  | { kind: 'accepted'; providerId: string }
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
