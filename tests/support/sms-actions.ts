import type { Phone } from '@/lib/addresses'
import { type Content, type Outgoing, sendMessages } from '@/lib/messaging'
import type { Ceilings } from '@/lib/messaging/spending/ceilings'
import { db, transaction } from '@/lib/platform/db'
import type { EventType, Purpose } from '@/prisma/client/enums'
import { phone } from './accounts'
import { deliver } from './deliver'

const LIFETIME_MS = 10 * 60 * 1_000
const AT_ONCE = 16

/** A number of this prefix: +62812, four digits for the prefix, four for the number. */
export const numberOf = (prefix: number, nth: number): Phone =>
  phone(`+62812${1_000 + prefix}${String(nth).padStart(4, '0')}`)

export const codeFor = (purpose: Purpose): Content => ({
  kind: 'code',
  purpose,
  code: '071923',
  lifetimeSeconds: 600,
})

export const noticeOf = (event: EventType, now: Date): Content => ({
  kind: 'notice',
  event,
  at: now.toISOString(),
  device: '',
  reference: 'BCDF2345',
})

export const smsTo = (to: Phone, content: Content, now: Date): Outgoing => ({
  to,
  channel: 'sms',
  content,
  locale: 'id',
  expiresAt: new Date(now.getTime() + LIFETIME_MS),
})

/** Writes SMS and delivers them, one after the other. True for each that was sent. */
export async function sendEach(
  messages: readonly Outgoing[],
  now: Date,
  ceilings: Ceilings,
): Promise<boolean[]> {
  const sent: boolean[] = []
  for (const message of messages) {
    await transaction((tx) => sendMessages(tx, [message], now))
    sent.push(await deliverWaiting(now, ceilings).then((count) => count === 1))
  }
  return sent
}

/** Delivers every SMS that waits, several at once, as a worker does. Returns how many were sent. */
export async function deliverWaiting(now: Date, ceilings: Ceilings): Promise<number> {
  const waiting = { channel: 'sms', sentAt: null, failedAt: null } as const
  const rows = await db().message.findMany({ where: waiting, select: { id: true } })
  const ids = rows.map(({ id }) => id)
  const deliverNow = (id: string) => deliver(id, { clock: () => now, ceilings })
  for (let first = 0; first < ids.length; first += AT_ONCE)
    await Promise.all(ids.slice(first, first + AT_ONCE).map(deliverNow))
  return db().message.count({ where: { id: { in: ids }, sentAt: { not: null } } })
}

/** Settles what a test has written and does not want to deliver. */
export async function forgetWaiting(now: Date) {
  await db().message.updateMany({
    where: { sentAt: null, failedAt: null },
    data: { failedAt: now, lastError: 'expired', runAt: null },
  })
}
