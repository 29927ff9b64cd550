import { isReader } from '@/lib/activity'
import { formatAddress, readAddresses } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import type { Prisma } from '@/prisma/client/client'

const USERS_AT_ONCE = 200

/**
 * Whom an incident concerns: `all` whose data were stored at some time in the window, or those whose
 * account was `active` in it: an event, or a session that was used.
 */
export type Scope = 'all' | 'active'

export type Window = { from: Date; to: Date; scope: Scope }

/** A person whom an incident concerns. An erased one has no address to be told at. */
export type Affected = {
  userId: string
  name: string
  language: string
  isErased: boolean
  addresses: string[]
  /** How many of its addresses cannot be decrypted with the keys of this process, or were altered. */
  unreadable: number
  /** How many events the account had in the window. */
  events: number
}

/** Lists the persons whom an incident concerns, for the notice within 3 × 24 hours. */
export async function* listAffected(window: Window): AsyncGenerator<Affected> {
  for (let after: string | undefined, isLast = false; !isLast; ) {
    const users = await db().user.findMany({
      where: { AND: [concernedBy(window), after ? { id: { gt: after } } : {}] },
      orderBy: { id: 'asc' },
      take: USERS_AT_ONCE,
    })
    const events = await countEvents(
      users.map(({ id }) => id),
      window,
    )
    for (const { id: userId, name, locale: language, erasedAt } of users) {
      const { held, unreadable } = await readAddresses(db(), userId)
      const usable = held.filter(isReader)
      const addresses = usable.map(({ address }) => formatAddress(address))
      const isErased = erasedAt !== null
      const told = { addresses, unreadable: unreadable.length, events: events.get(userId) ?? 0 }
      yield { userId, name, language, isErased, ...told }
    }
    after = users.at(-1)?.id
    isLast = users.length < USERS_AT_ONCE
  }
}

async function countEvents(userIds: string[], window: Window): Promise<Map<string, number>> {
  const counts = await db().securityEvent.groupBy({
    by: ['userId'],
    where: { userId: { in: userIds }, at: within(window) },
    _count: true,
  })
  return new Map(counts.map(({ userId, _count: count }) => [userId, count]))
}

const within = ({ from, to }: Window) => ({ gte: from, lte: to })

function concernedBy(window: Window): Prisma.UserWhereInput {
  const { from, to, scope } = window
  const stored: Prisma.UserWhereInput = {
    createdAt: { lte: to },
    OR: [{ erasedAt: null }, { erasedAt: { gte: from } }],
  }
  if (scope === 'all') return stored
  const active: Prisma.UserWhereInput = {
    OR: [
      { events: { some: { at: within(window) } } },
      { sessions: { some: { createdAt: { lte: to }, lastSeenAt: { gte: from } } } },
    ],
  }
  return { AND: [stored, active] }
}
