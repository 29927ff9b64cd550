import { openRecipient } from '@/lib/messaging'
import { db } from '@/lib/platform/db'
import type { Message } from '@/prisma/client/client'
import type { Fact } from './facts'
import { challengePages, eventPages, pageAfter, pagesBy } from './paging'

/** The condition of the messages of a person. */
export const messagesOf = (userId: string) => ({
  OR: [{ userId }, { event: { userId } }, { challenge: { userId } }],
})

const orderBy = [{ createdAt: 'asc' as const }, { id: 'asc' as const }]

/** The messages of a person: notices, then codes, then others, each in the order of their writing. */
export async function* readMessages(userId: string): AsyncGenerator<Fact[]> {
  for await (const events of eventPages(userId))
    yield await readWhere({ eventId: { in: events.map(({ id }) => id) } })
  for await (const challenges of challengePages(userId))
    yield await readWhere({ challengeId: { in: challenges.map(({ id }) => id) } })
  const others = pagesBy((last: Message | undefined) => {
    const where = { userId, eventId: null, challengeId: null }
    return db().message.findMany({ where, orderBy, ...pageAfter(last && { id: last.id }) })
  })
  for await (const rows of others) yield rows.map(factOf)
}

type Where = { eventId: { in: string[] } } | { challengeId: { in: string[] } }

const readWhere = async (where: Where) =>
  (await db().message.findMany({ where, orderBy })).map(factOf)

function factOf(row: Message): Fact {
  const { createdAt, channel, kind, sentAt, deliveredAt, failedAt } = row
  return { createdAt, channel, kind, address: openRecipient(row), sentAt, deliveredAt, failedAt }
}
