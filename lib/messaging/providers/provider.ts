import type { AnyAddress } from '@/lib/address'
import type { Channel } from '@/prisma/client/enums'

/** A message in words, ready to be sent. Only an e-mail has a subject. */
export type Rendered = { to: AnyAddress; kind: string; subject?: string; text: string; html?: string }

/** `idempotencyKey` is the same at every attempt of one message; `signal` ends the attempt; nothing is worth sending past `expiresAt`. */
export type Delivery = { idempotencyKey: string; expiresAt: Date; signal: AbortSignal }

/**
 * `accepted`: the provider has it. `retry`: not now, or not by this provider; an outage if it would be so for any message. `rejected`: never, whoever is asked; the fault is
 * the address. A reason is a word or a number, never a text of the provider's: those quote addresses and codes.
 */
export type Outcome =
  | { kind: 'accepted'; providerId: string }
  | { kind: 'retry'; reason: string; afterSeconds?: number; isOutage?: true }
  | { kind: 'rejected'; reason: string }

/** The far end of one channel. */
export type Provider = {
  name: string
  channel: Channel
  send(rendered: Rendered, delivery: Delivery): Promise<Outcome>
}
