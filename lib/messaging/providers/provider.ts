import type { AnyAddress } from '@/lib/addresses'
import type { Channel, RefusedPart } from '@/prisma/client/enums'

/** A message in words, ready to be sent. Only an e-mail has a subject. */
export type Rendered = {
  to: AnyAddress
  kind: string
  subject?: string
  text: string
  html?: string
}

/** `idempotencyKey` is the same at every attempt of one message; `signal` ends the attempt; nothing is worth sending past `expiresAt`. */
export type SendOptions = { idempotencyKey: string; expiresAt: Date; signal: AbortSignal }

/**
 * `accepted`: the provider has the message. `retry`: it does not take it now; `isOutage` if it would take no message at all.
 * `misconfigured`: it refuses our key or sender until the operator corrects it. `rejected`: the address is wrong, and no
 * provider will take it. A reason is a word or a number, never a text of the provider: those quote addresses and codes.
 */
export type Outcome =
  | { kind: 'accepted'; providerId: string }
  | { kind: 'retry'; reason: string; afterSeconds?: number; isOutage?: true }
  | { kind: 'misconfigured'; reason: string; refuses: RefusedPart }
  | { kind: 'rejected'; reason: string }

/** What a provider says to our key; `unknown` when it says nothing, or nothing of that. */
export type CredentialCheck = 'welcome' | 'misconfigured' | 'unknown'

/** The far end of one channel. `probe` shows it our key, and has no effect there. */
export type Provider = {
  name: string
  channel: Channel
  send(rendered: Rendered, delivery: SendOptions): Promise<Outcome>
  probe?(signal: AbortSignal): Promise<CredentialCheck>
}
