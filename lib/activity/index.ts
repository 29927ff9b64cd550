import { randomInt, randomUUID } from 'node:crypto'
import { type AnyAddress, type HeldAddress, maskAddress } from '@/lib/address'
import type { Tx } from '@/lib/db'
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

type Written = { id: string; reference: string; about: string | undefined; locale: Locale }

function notices({ type, origin, now, notify }: RecordedEvent, { id, reference, about, locale }: Written): Outgoing[] {
  const expiresAt = new Date(now.getTime() + NOTICE_LIFETIME_MS)
  const notice = { kind: 'notice', event: type, at: now.toISOString(), device: origin.userAgent, reference } as const
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

function newReference() {
  return Array.from({ length: REFERENCE_LENGTH }, () => REFERENCE_ALPHABET[randomInt(REFERENCE_ALPHABET.length)]).join('')
}
