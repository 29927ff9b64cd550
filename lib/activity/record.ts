import { randomInt, randomUUID } from 'node:crypto'
import { type AnyAddress, type HeldAddress, maskAddress } from '@/lib/addresses'
import { type Outgoing, sendMessages } from '@/lib/messaging'
import { lockUser, type Tx } from '@/lib/platform/db'
import { countryOf } from '@/lib/platform/geo'
import { type Locale, parseLocale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import type { SecurityEvent } from '@/prisma/client/client'
import type { EventType } from '@/prisma/client/enums'
import { findEnd, hashEnd, hashRow } from './chain'
import { type Detail, readDetail, type UsedUp } from './detail'
import { logEvent } from './event-lines'
import { writeResetLinks } from './reset-link'
import { writeSecureLinks } from './secure-link'
import { type Plan, planNotice } from './sms-notices'

/** A notification that is older is not sent any more. */
const NOTICE_LIFETIME_MS = 3 * 24 * 60 * 60 * 1_000

/**
 * References are read out on the telephone: no 0/O, no 1/I/L, and no vowels, which could form
 * words.
 */
const REFERENCE_ALPHABET = '23456789BCDFGHJKMNPQRSTVWXZ'
const REFERENCE_LENGTH = 8

export type RecordedEvent = {
  userId: string
  type: EventType
  origin: Origin
  now: Date
  /**
   * Who is notified, read before the change is applied, so that a removed address is notified too.
   */
  notify: readonly HeldAddress[]
  /**
   * Who is notified without a link that freezes the account: addresses that its owner has just
   * removed as a thief's.
   */
  tell?: readonly HeldAddress[]
  /**
   * The address that the event is about, and the one that it replaced; only their masks are stored.
   */
  about?: AnyAddress | undefined
  previous?: AnyAddress | undefined
  /** Why customer care did it. */
  reason?: string | undefined
  /** What strangers used up. Then each confirmed address gets a link that begins a reset. */
  what?: UsedUp | undefined
}

/**
 * Writes a security event, chained to the one before it, and a notification to every address of
 * `notify`, each with its own secure link, in the transaction of its cause (NIST SP 800-63B-4 4.6).
 * An unconfirmed address gets no notification, a usable primary e-mail excepted: it may belong to a
 * stranger. SMS about new devices are gathered (`planNotice`).
 */
export async function recordEvent(tx: Tx, event: RecordedEvent): Promise<void> {
  const { userId, now } = event
  await lockUser(tx, userId)
  const row = await nextRow(tx, event, userId)
  const plan = await planNotice(tx, event)
  logEvent(userId, event.type)
  await tx.securityEvent.create({ data: row })
  const { locale } = await tx.user.update({
    where: { id: userId },
    data: { activityHead: hashEnd(userId, row) },
    select: { locale: true },
  })
  await sendMessages(tx, await notices(tx, { ...event, ...plan }, row, parseLocale(locale)), now)
}

type Written = SecurityEvent & { detail: Detail }

async function nextRow(
  tx: Tx,
  { type, origin, now, ...event }: Omit<RecordedEvent, 'userId'>,
  userId: string,
): Promise<Written> {
  const end = await findEnd(tx, userId)
  const detail = detailOf(event)
  const row = {
    id: randomUUID(),
    userId,
    position: end.position + 1,
    type,
    at: now,
    ip: origin.ip,
    userAgent: origin.userAgent,
    detail,
    reference: newReference(),
  }
  return { ...row, hash: hashRow(row, end.hash) }
}

function detailOf({
  about,
  previous,
  reason,
  what,
}: Pick<RecordedEvent, 'about' | 'previous' | 'reason' | 'what'>): Detail {
  return {
    ...(what && { what }),
    ...(about && { about: maskAddress(about) }),
    ...(previous && { previous: maskAddress(previous) }),
    ...(reason && { reason }),
  }
}

async function notices(
  tx: Tx,
  { notify, tell = [], what, now, smsDueAt }: RecordedEvent & Plan,
  row: Written,
  locale: Locale,
): Promise<Outgoing[]> {
  const linked = notify.filter(isShown)
  const tokens = await writeSecureLinks(tx, row.id, linked, now)
  const resetTokens = what ? await writeResetLinks(tx, linked, now) : []
  const to = [...linked, ...tell.filter(isShown)]
  return to.map(({ address }, nth) => ({
    ...noticeOf(row, locale, { link: tokens[nth], resetLink: resetTokens[nth] }),
    to: address,
    channel: address.kind === 'email' ? ('email' as const) : ('sms' as const),
    eventId: row.id,
    ...(smsDueAt && address.kind === 'phone' && { dueAt: smsDueAt }),
  }))
}

const isShown = ({ isUsable }: HeldAddress) => isUsable

type Links = { link: string | undefined; resetLink: string | undefined }

function noticeOf(
  { type, at, ip, userAgent, reference, detail }: Written,
  locale: Locale,
  { link, resetLink }: Links,
) {
  const { about, what } = readDetail(detail)
  const country = countryOf(ip)
  const content = {
    kind: 'notice' as const,
    event: type,
    at: at.toISOString(),
    device: userAgent,
    reference,
    ...(country && { country }),
    ...(about && { address: about }),
    ...(what && { what }),
    ...(link && { link }),
    ...(resetLink && { resetLink }),
  }
  return { content, locale, expiresAt: new Date(at.getTime() + NOTICE_LIFETIME_MS) }
}

function newReference() {
  return Array.from(
    { length: REFERENCE_LENGTH },
    () => REFERENCE_ALPHABET[randomInt(REFERENCE_ALPHABET.length)],
  ).join('')
}
