import * as z from 'zod'
import { type AnyAddress, blindIndexesOf, blindIndexOf, fromStored } from '@/lib/addresses'
import { hashingKeyId, open, type SealedTable, seal } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import { Channel } from '@/prisma/client/enums'
import type { Outcome, Provider, Rendered, SendOptions } from './provider'

const SEALED = 'inbox'

const entry = z.object({
  id: z.string(),
  channel: z.enum(Channel),
  to: z.string(),
  subject: z.string().optional(),
  text: z.string(),
  html: z.string().optional(),
  kind: z.string(),
  createdAt: z.iso.datetime(),
})

/** The columns that a rotation of keys rewrites. */
export const SEALED_INBOX: SealedTable = {
  table: 'InboxMessage',
  word: 'messages of the local inbox',
  sealed: [{ column: 'sealed', context: SEALED }],
  rehash({ sealed = '' }) {
    const { channel, to } = entry.parse(JSON.parse(sealed))
    const address = fromStored(channel === 'email' ? 'email' : 'phone', to)
    return { blindIndex: blindIndexOf(address), keyId: hashingKeyId() }
  },
}

/** A message of the local inbox; `createdAt` is the time of its arrival. */
export type InboxEntry = z.output<typeof entry>

/** The provider of the embedded product: it stores messages, which can be read at /dev/inbox. */
export function inbox(channel: Channel): Provider {
  return { name: 'inbox', channel, send: (rendered, delivery) => keep(channel, rendered, delivery) }
}

async function keep(
  channel: Channel,
  { to, ...rendered }: Rendered,
  { idempotencyKey: id }: SendOptions,
): Promise<Outcome> {
  const createdAt = new Date()
  const kept: InboxEntry = {
    id,
    channel,
    to: to.value,
    ...rendered,
    createdAt: createdAt.toISOString(),
  }
  const row = {
    id,
    blindIndex: blindIndexOf(to),
    keyId: hashingKeyId(),
    sealed: seal(JSON.stringify(kept), SEALED),
    createdAt,
  }
  // A worker may die before it settles the message. Another worker then inserts the same row again,
  // which changes nothing.
  await db().inboxMessage.createMany({ data: [row], skipDuplicates: true })
  return { kind: 'accepted', providerId: id, hasArrived: true }
}

/** The messages of the local inbox, newest first: all, or those to one address in any notation. */
export async function listInbox(to: AnyAddress | null, limit: number): Promise<InboxEntry[]> {
  const rows = await db().inboxMessage.findMany({
    where: to ? { blindIndex: { in: blindIndexesOf(to) } } : {},
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })
  return rows.map(read)
}

/** A message of the local inbox by its id, or null. */
export async function findInboxEntry(id: string): Promise<InboxEntry | null> {
  const row = await db().inboxMessage.findUnique({ where: { id } })
  return row && read(row)
}

function read({ sealed }: { sealed: string }): InboxEntry {
  return entry.parse(JSON.parse(open(sealed, SEALED)))
}
