import { randomInt, randomUUID } from 'node:crypto'
import { type AnyAddress, type HeldAddress, maskAddress } from '@/lib/address'
import { countryOf } from '@/lib/country'
import { NOBODY, type Tx } from '@/lib/db'
import { type Locale, parseLocale } from '@/lib/locale'
import { type Outgoing, sendMessages } from '@/lib/messaging'
import type { Origin } from '@/lib/origin'
import type { EventType } from '@/prisma/client/enums'

const DAY_MS = 24 * 60 * 60 * 1_000

/** A notice is worth delivering for so long. */
const NOTICE_LIFETIME_MS = 3 * DAY_MS

/** References are read out on the telephone: no 0/O, 1/I/L or vowels that make words. */
const REFERENCE_ALPHABET = '23456789BCDFGHJKMNPQRSTVWXZ'
const REFERENCE_LENGTH = 8

export type RecordedEvent = {
  userId: string
  type: EventType
  origin: Origin
  now: Date
  /** Who is told, fixed before the change is applied, so that a removed address still hears of it. */
  notify: readonly HeldAddress[]
  /** The address that the event is about; only its mask is kept. */
  about?: AnyAddress
}

/**
 * Writes a security event and a notice of it to every address of `notify`, in the transaction of its cause (NIST SP
 * 800-63B-4 4.6). An unconfirmed recovery address is told nothing: nobody has shown whose it is.
 */
export async function recordEvent(tx: Tx, event: RecordedEvent): Promise<void> {
  const { userId, type, origin, now } = event
  const id = randomUUID()
  const reference = newReference()
  const about = event.about && maskAddress(event.about)
  await tx.securityEvent.create({
    data: { id, userId, type, at: now, ip: origin.ip, userAgent: origin.userAgent, reference, detail: about ? { about } : {} },
  })
  const { locale } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { locale: true } })
  await sendMessages(tx, notices(event, { id, reference, about, locale: parseLocale(locale) }), now)
}

export type DailyEvent = Omit<RecordedEvent, 'userId' | 'about'> & { userId: string | null; locale: Locale }

/**
 * Records an event unless one of its type was recorded within a day: to be told once of what may go on and on (ASVS 6.3.5).
 * Where there is nothing to tell, or no account, the statements are the same and the message goes to nobody (ASVS 6.3.8).
 */
export async function recordEventDaily(tx: Tx, event: DailyEvent): Promise<void> {
  const { userId, type, origin, now, locale } = event
  const [id, reference, since] = [randomUUID(), newReference(), new Date(now.getTime() - DAY_MS)]
  const recorded = await tx.$executeRaw`
    insert into "SecurityEvent" (id, "userId", type, at, ip, "userAgent", detail, reference)
    select ${id}::uuid, owner.id, ${type}::"EventType", ${now}, ${origin.ip}, ${origin.userAgent}, '{}', ${reference}
    from "User" owner
    where owner.id = ${userId ?? NOBODY}::uuid and not exists (
      select 1 from "SecurityEvent" earlier where earlier."userId" = owner.id and earlier.type = ${type}::"EventType" and earlier.at > ${since})`
  const told = notices(event, { id, reference, about: undefined, locale })
  await sendMessages(tx, recorded === 1 ? told : [toNobody(event, reference, locale)], now)
}

function toNobody({ type, origin, now }: DailyEvent, reference: string, locale: Locale): Outgoing {
  const content = writeNotice(type, origin, reference, now)
  return { to: null, channel: 'sms', content, locale, expiresAt: new Date(now.getTime() + NOTICE_LIFETIME_MS) }
}

type Written = { id: string; reference: string; about: string | undefined; locale: Locale }

function notices(
  { type, origin, now, notify }: Omit<RecordedEvent, 'userId'>,
  { id, reference, about, locale }: Written,
): Outgoing[] {
  const expiresAt = new Date(now.getTime() + NOTICE_LIFETIME_MS)
  const notice = writeNotice(type, origin, reference, now)
  const content = about === undefined ? notice : { ...notice, address: about }
  return notify
    .filter(({ role, confirmedAt }) => role === 'primary' || confirmedAt !== null)
    .map(({ address }) => ({
      to: address,
      channel: address.kind === 'email' ? ('email' as const) : ('sms' as const),
      content,
      locale,
      expiresAt,
      eventId: id,
    }))
}

function writeNotice(event: EventType, { ip, userAgent }: Origin, reference: string, now: Date) {
  const country = countryOf(ip)
  const notice = { kind: 'notice', event, at: now.toISOString(), device: userAgent, reference } as const
  return country === undefined ? notice : { ...notice, country }
}

function newReference() {
  return Array.from({ length: REFERENCE_LENGTH }, () => REFERENCE_ALPHABET[randomInt(REFERENCE_ALPHABET.length)]).join('')
}
