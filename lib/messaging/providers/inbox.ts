import { z } from 'zod'
import { type AnyAddress, blindIndexesOf, blindIndexOf } from '@/lib/addresses'
import { open, seal } from '@/lib/platform/crypto'
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

/** A message as the local inbox shows it; `createdAt` is when it arrived. */
export type InboxEntry = z.output<typeof entry>

/** The provider of a machine without providers: what it is given can be read at /dev/inbox. */
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
    sealed: seal(JSON.stringify(kept), SEALED),
    createdAt,
  }
  // A worker may die between this row and its own. Another worker then writes the same row again, which changes nothing.
  await db().inboxMessage.createMany({ data: [row], skipDuplicates: true })
  return { kind: 'accepted', providerId: id }
}

/** What the local inbox received, newest first: all of it, or what went to one address in any notation. */
export async function listInbox(to: AnyAddress | null, limit: number): Promise<InboxEntry[]> {
  const rows = await db().inboxMessage.findMany({
    where: to ? { blindIndex: { in: blindIndexesOf(to) } } : {},
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })
  return rows.map(read)
}

/** One message of the local inbox, or null. */
export async function findInboxEntry(id: string): Promise<InboxEntry | null> {
  const row = await db().inboxMessage.findUnique({ where: { id } })
  return row && read(row)
}

function read({ sealed }: { sealed: string }): InboxEntry {
  return entry.parse(JSON.parse(open(sealed, SEALED)))
}
