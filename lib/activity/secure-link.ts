import type { HeldAddress } from '@/lib/addresses'
import { hashSecret, newLinkToken } from '@/lib/platform/crypto'
import { db, type Tx } from '@/lib/platform/db'
import type { EventType } from '@/prisma/client/enums'
import { readDetail } from './detail'

/** As long as a mail lies unread, and as far back as a change can be undone. */
const LIFETIME_MS = 7 * 24 * 60 * 60 * 1_000

/** What the page of a link may show to whoever holds it: the event of its notice, in which nothing names an address whole. */
export type SecureLink = {
  userId: string
  type: EventType
  at: Date
  userAgent: string
  ip: string
  reference: string
  about?: string
  /** Whether the account is frozen, and was not opened again since the link came. */
  isFrozen: boolean
  /** `closed`: it stopped the account once, or the account was opened again since. */
  state: 'open' | 'closed' | 'expired'
}

/** Writes one link for each address that a notice of an event goes to, and answers their tokens in that order. */
export async function writeSecureLinks(
  tx: Tx,
  eventId: string,
  to: readonly HeldAddress[],
  now: Date,
): Promise<string[]> {
  const tokens = to.map(newLinkToken)
  const [hashes, addresses] = [tokens.map(hashSecret), to.map(({ id }) => id)]
  const expiresAt = new Date(now.getTime() + LIFETIME_MS)
  await tx.$executeRaw`
    insert into "SecureLink" ("tokenHash", "eventId", "addressId", "createdAt", "expiresAt")
    select link.hash, ${eventId}::uuid, link.address, ${now}, ${expiresAt}
    from unnest(${hashes}::text[], ${addresses}::uuid[]) as link(hash, address)`
  return tokens
}

/** Finds the link of a notice by its token; null when there never was one. Reading it changes nothing. */
export async function findSecureLink(token: string, now: Date): Promise<SecureLink | null> {
  const link = await db().secureLink.findUnique({
    where: { tokenHash: hashSecret(token) },
    include: { event: { include: { user: { select: { frozenAt: true } } } } },
  })
  if (!link) return null
  const { userId, type, at, userAgent, ip, reference, detail, user } = link.event
  const { about } = readDetail(detail)
  const state = link.expiresAt <= now ? 'expired' : link.usedAt ? 'closed' : 'open'
  const isFrozen = user.frozenAt !== null && (link.usedAt === null || link.usedAt >= user.frozenAt)
  return { userId, type, at, userAgent, ip, reference, ...(about && { about }), isFrozen, state }
}

/** Uses a link up, in the transaction of what it does. False when it was closed before, has expired or never was. */
export async function takeSecureLink(tx: Tx, token: string, now: Date): Promise<boolean> {
  const taken = await tx.secureLink.updateMany({
    where: { tokenHash: hashSecret(token), usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  return taken.count === 1
}

/** Closes every link of a user's events so far: what they could stop was looked at by its owner. */
export async function closeSecureLinks(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.secureLink.updateMany({
    where: { event: { userId }, usedAt: null },
    data: { usedAt: now },
  })
}
