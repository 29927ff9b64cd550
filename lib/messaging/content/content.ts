import * as z from 'zod'
import type { AnyAddress, HeldAddress } from '@/lib/addresses'
import type { SealedTable } from '@/lib/platform/crypto'
import { presentName } from '@/lib/platform/former-names'
import type { Locale } from '@/lib/platform/locale'
import { type Channel, EventType, Purpose } from '@/prisma/client/enums'

const code = z.object({
  kind: z.literal('code'),
  purpose: z.preprocess(presentName, z.enum(Purpose)),
  code: z.string(),
  lifetimeSeconds: z.number(),
})

const alreadyRegistered = z.object({ kind: z.literal('already_registered') })

const name = z.string().optional()

const callerWord = z.object({
  kind: z.literal('caller_word'),
  word: z.string(),
  caseNumber: z.string(),
  lifetimeSeconds: z.number(),
  name,
})

const reminder = z.object({ kind: z.literal('reminder'), addresses: z.array(z.string()), name })

const notice = z.object({
  kind: z.literal('notice'),
  event: z.preprocess(presentName, z.enum(EventType)),
  at: z.iso.datetime(),
  device: z.string(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  reference: z.string(),
  name,
  address: z.string().optional(),
  /** What strangers used up. */
  what: z.enum(['password', 'codes', 'sends']).optional(),
  link: z.string().optional(),
  /** The token of the reader's own link that begins a reset. */
  resetLink: z.string().optional(),
  /** The token of the reader's own link that stops what was announced. */
  vetoLink: z.string().optional(),
  times: z.number().optional(),
  /** When what was asked for will be done. */
  due: z.iso.datetime().optional(),
})

const words = z.object({ what: z.string(), advice: z.string() })

const incident = z.object({
  kind: z.literal('incident'),
  at: z.iso.datetime(),
  reference: z.string(),
  name,
  id: words,
  en: words,
})

const content = z.discriminatedUnion('kind', [
  code,
  alreadyRegistered,
  callerWord,
  reminder,
  notice,
  incident,
])

export type CodeContent = z.output<typeof code>
export type CallerWordContent = z.output<typeof callerWord>
export type ReminderContent = z.output<typeof reminder>
export type NoticeContent = z.output<typeof notice>
export type IncidentContent = z.output<typeof incident>

/**
 * The content of a message, independent of language and channel: a code; a hint to somebody who
 * already has an account; a word that the reader reads out to customer care; a reminder to verify
 * recovery addresses (masked); or a notification of a security event (`at` ISO, `device` the user agent, `country` an ISO code if known, `address`
 * masked, `link` the token of the reader's own link, `times` how many equal events one SMS reports,
 * `due` when what was asked for will be done);
 * or the notice of an incident that concerns the reader's data (what happened, and what to do, in
 * both languages; UU PDP article 46).
 * `name`: see `nameFor`.
 */
export type Content = z.output<typeof content>

/** A message to be sent. With `to` null it has no recipient; its statements are the same. */
export type Outgoing = {
  /** By default a new one. */
  id?: string
  to: AnyAddress | null
  channel: Channel
  content: Content
  locale: Locale
  /** It is not sent before this time. */
  dueAt?: Date
  expiresAt: Date
  eventId?: string
  challengeId?: string
  /** Whose it is, if neither an event nor a challenge tells. */
  userId?: string
}

/** The encryption contexts of the address and the content of a message. */
export const SEALED_TO = 'message.to'
export const SEALED_BODY = 'message.body'

/** The columns that a rotation of keys rewrites. */
export const SEALED_MESSAGES: SealedTable = {
  table: 'Message',
  word: 'messages',
  sealed: [
    { column: 'sealedTo', context: SEALED_TO },
    { column: 'sealedBody', context: SEALED_BODY },
  ],
}

/**
 * The name by which an e-mail greets its reader; none for an SMS, and none for an unconfirmed
 * address, which may be a stranger's.
 */
export function nameFor(
  { address, confirmedAt }: Pick<HeldAddress, 'address' | 'confirmedAt'>,
  nameOfUser: string,
): { name?: string } {
  return address.kind === 'email' && confirmedAt && nameOfUser ? { name: nameOfUser } : {}
}

export function writeContent(value: Content): string {
  return JSON.stringify(value)
}

export function readContent(text: string): Content {
  return content.parse(JSON.parse(text))
}

/**
 * The name of a content in tables and logs: `code.reset_password`, `already_registered`,
 * `caller_word`, `reminder`, `notice.password_reset`, `incident`.
 */
export function kindOf(value: Content): string {
  switch (value.kind) {
    case 'code':
      return `code.${value.purpose}`
    case 'already_registered':
    case 'caller_word':
    case 'reminder':
    case 'incident':
      return value.kind
    case 'notice':
      return `notice.${value.event}`
    default:
      return value satisfies never
  }
}

/** The prefix of the kinds of messages with a code. */
export const CODE_KINDS = 'code.'

/**
 * Whether a message of this kind contains a code or the word of a caller: somebody waits for it, so it
 * is sent first and retried fast, and its body is erased when it is settled.
 */
export function isCode(kind: string): boolean {
  return kind.startsWith(CODE_KINDS) || kind === 'caller_word'
}
