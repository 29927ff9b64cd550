import type { AnyAddress } from '@/lib/addresses'
import { type Content, readContent, SEALED_BODY, SEALED_TO } from '@/lib/messaging/content/content'
import { open } from '@/lib/platform/crypto'
import { pool } from '@/lib/platform/db'
import type { Channel } from '@/prisma/client/enums'

/** A decrypted message of the outbox. `to` is null for a message without a recipient. */
export type Sent = {
  id: string
  to: string | null
  channel: Channel
  kind: string
  content: Content
  expiresAt: Date
}

type Row = {
  id: string
  channel: Channel
  kind: string
  sealedTo: string | null
  sealedBody: string
  expiresAt: Date
}

/**
 * Every message, the last written first: by transaction id, because the clock of the tests moves
 * both ways. The order of messages of one transaction is not defined.
 */
export async function readOutbox(): Promise<Sent[]> {
  return (await readRows()).map(openMessage)
}

/** Every message to an address, newest first. */
export async function messagesTo(address: AnyAddress): Promise<Sent[]> {
  return (await readRows()).filter((row) => recipientOf(row) === address.value).map(openMessage)
}

/** The channels of the messages to an address whose kind begins so, newest first, also of those without a body. */
export async function channelsTo(address: AnyAddress, kind = 'code.'): Promise<Channel[]> {
  return (await readRows())
    .filter((row) => recipientOf(row) === address.value && row.kind.startsWith(kind))
    .map(({ channel }) => channel)
}

async function readRows(): Promise<Row[]> {
  const { rows } = await pool().query<Row>(
    'SELECT * FROM "Message" ORDER BY xmin::text::bigint DESC, ctid DESC',
  )
  return rows
}

const openMessage = (row: Row): Sent => ({
  id: row.id,
  channel: row.channel,
  kind: row.kind,
  expiresAt: row.expiresAt,
  to: recipientOf(row),
  content: readContent(open(row.sealedBody, SEALED_BODY)),
})

/** Recipients by what they are encrypted to: a test asks for the same ones again and again. */
const recipients = new Map<string, string>()

function recipientOf({ sealedTo }: Row): string | null {
  if (sealedTo === null) return null
  const recipient = recipients.get(sealedTo) ?? open(sealedTo, SEALED_TO)
  recipients.set(sealedTo, recipient)
  return recipient
}

/** The kinds of the messages to an address, newest first. */
export async function kindsTo(address: AnyAddress): Promise<string[]> {
  return (await messagesTo(address)).map(({ kind }) => kind)
}

/** Every code to an address, newest first. */
export async function codesTo(address: AnyAddress): Promise<string[]> {
  return (await messagesTo(address)).flatMap(({ content }) =>
    content.kind === 'code' ? [content.code] : [],
  )
}

export async function newestCode(address: AnyAddress): Promise<string> {
  const [code] = await codesTo(address)
  if (!code) throw new Error('no code was sent to this address')
  return code
}

/** A code that differs from this one, and for each `nth`. */
export function wrongCode(code: string, index = 1): string {
  return String((Number(code) + index) % 1_000_000).padStart(6, '0')
}
