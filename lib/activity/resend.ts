import type { HeldAddress } from '@/lib/addresses'
import { sendMessages } from '@/lib/messaging'
import { lockUser, type Tx } from '@/lib/platform/db'
import { parseLocale } from '@/lib/platform/locale'
import { sendIn, statement } from '@/lib/platform/statement'
import type { SecurityEvent } from '@/prisma/client/client'
import { readDetail } from './detail'
import { noticesOf } from './notices'
import { makeResetLinks, writeResetLinks } from './reset-link'
import { linkValues, makeSecureLinks } from './secure-link'

/**
 * Sends the notices of an event again, in the caller's transaction, each with a new secure link, and a
 * new link that begins a reset where the event had them. An earlier secure link of the same address for
 * this event ends: a lost or intercepted message holds none that works.
 */
export async function resendNotices(
  tx: Tx,
  event: SecurityEvent,
  to: readonly HeldAddress[],
  now: Date,
): Promise<void> {
  const { userId, id } = event
  const { locale, name, phoneChannel } = await lockUser(tx, userId)
  const detail = readDetail(event.detail)
  const links = makeSecureLinks(to)
  const resetLinks = detail.what ? makeResetLinks(to) : []
  const reader = { locale: parseLocale(locale), name, phoneChannel }
  await sendIn(tx, RENEW_LINKS, [id, ...linkValues(links, now)])
  if (detail.what) await writeResetLinks(tx, resetLinks, now)
  const given = { linked: to, links, resetLinks, now }
  await sendMessages(tx, noticesOf({ ...event, detail }, reader, given), now)
}

const RENEW_LINKS = statement(
  'renew_secure_links',
  `insert into "SecureLink" ("tokenHash", "addressId", "eventId", "createdAt", "expiresAt")
  select link.hash, link.address, $1::uuid, $4::timestamptz, $5::timestamptz
  from unnest($2::text[], $3::uuid[]) as link(hash, address)
  on conflict ("eventId", "addressId") do update set "tokenHash" = excluded."tokenHash",
    "createdAt" = excluded."createdAt", "expiresAt" = excluded."expiresAt", "usedAt" = null`,
)
