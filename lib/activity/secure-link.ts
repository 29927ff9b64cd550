import type { HeldAddress } from '@/lib/addresses'
import { hashSecret, newLinkToken } from '@/lib/platform/crypto'
import { db, type Tx } from '@/lib/platform/db'
import type { EventType } from '@/prisma/client/enums'
import { readDetail, type UsedUp } from './detail'

/**
 * An e-mail may stay unread for days. Changes of the same time can be undone
 * (`recovery/review.ts`).
 */
const LIFETIME_MS = 7 * 24 * 60 * 60 * 1_000

/**
 * What the page of a secure link may show to its holder: the event of the notification, with masked
 * addresses.
 */
export type SecureLink = {
  userId: string
  type: EventType
  at: Date
  userAgent: string
  ip: string
  reference: string
  about?: string
  what?: UsedUp
  /** Whether the account is frozen, and was not unfrozen since the link was sent. */
  isFrozen: boolean
  /** `closed`: it froze the account before, or the account was unfrozen since. */
  state: 'open' | 'closed' | 'expired'
}

/** A link to one address. Only the hash of its token is stored. */
export type LinkTo = { token: string; addressId: string }

/** Makes one secure link for each notified address, in that order. */
export const makeSecureLinks = (to: readonly HeldAddress[]): LinkTo[] =>
  to.map(({ id }) => ({ token: newLinkToken(), addressId: id }))

/** The values `$4` to `$7` of `INSERT_SECURE_LINKS`. */
export const linkValues = (links: readonly LinkTo[], now: Date): unknown[] => [
  links.map(({ token }) => hashSecret(token)),
  links.map(({ addressId }) => addressId),
  now,
  new Date(now.getTime() + LIFETIME_MS),
]

/** The end of a statement whose part `event` has written the event of the links. */
export const INSERT_SECURE_LINKS = `insert into "SecureLink"
    ("tokenHash", "addressId", "eventId", "createdAt", "expiresAt")
  select link.hash, link.address, event.id, $6::timestamptz, $7::timestamptz
  from event, unnest($4::text[], $5::uuid[]) as link(hash, address)`

/** Finds a secure link by its token; null for an unknown one. Reading changes nothing. */
export async function findSecureLink(token: string, now: Date): Promise<SecureLink | null> {
  const link = await db().secureLink.findUnique({
    where: { tokenHash: hashSecret(token) },
    include: { event: { include: { user: { select: { frozenAt: true } } } } },
  })
  if (!link) return null
  const { userId, type, at, userAgent, ip, reference, detail, user } = link.event
  const { about, what } = readDetail(detail)
  const state = link.expiresAt <= now ? 'expired' : link.usedAt ? 'closed' : 'open'
  const isFrozen = user.frozenAt !== null && (link.usedAt === null || link.usedAt >= user.frozenAt)
  const shown = { ...(about && { about }), ...(what && { what }) }
  return { userId, type, at, userAgent, ip, reference, ...shown, isFrozen, state }
}

/**
 * Uses a secure link in the transaction of the freeze. False when it was closed before, has expired
 * or is unknown.
 */
export async function takeSecureLink(tx: Tx, token: string, now: Date): Promise<boolean> {
  const taken = await tx.secureLink.updateMany({
    where: { tokenHash: hashSecret(token), usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  return taken.count === 1
}

/**
 * Deletes every secure link that was sent to an address which now belongs to somebody else. A
 * closed link of a frozen account could still begin an unfreeze.
 */
export async function deleteLinksTo(tx: Tx, addressId: string): Promise<void> {
  await tx.secureLink.deleteMany({ where: { addressId } })
}

/** Closes every secure link of a user: the owner has reviewed the events that they belong to. */
export async function closeSecureLinks(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.secureLink.updateMany({
    where: { event: { userId }, usedAt: null },
    data: { usedAt: now },
  })
}
