import { fromStored } from '@/lib/addresses'
import { type Content, type Outgoing, sendMessages } from '@/lib/messaging'
import type { Breakers } from '@/lib/messaging/worker/breaker'
import { db, transaction } from '@/lib/platform/db'

export const NOW = new Date('2026-11-23T07:30:00.000Z')
export const clock = () => NOW
export const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

export const CODE = '071923'
export const PHONE = fromStored('phone', '+6281298765432')
export const EMAIL = fromStored('email', 'Budi.Rahasia@example.com')

export const code: Content = {
  kind: 'code',
  purpose: 'reset_password',
  code: CODE,
  lifetimeSeconds: 600,
}
export const notice: Content = {
  kind: 'notice',
  event: 'password_reset',
  at: NOW.toISOString(),
  device: '',
  reference: 'BCDF2345',
}

export const sms = (content: Content = code): Outgoing => ({
  to: PHONE,
  channel: 'sms',
  content,
  locale: 'id',
  expiresAt: minutesLater(10),
})
export const email = (content: Content = code): Outgoing => ({
  ...sms(content),
  to: EMAIL,
  channel: 'email',
})

/** Writes messages in a transaction of their own and returns their rows, in the order given. */
export async function written(...messages: Outgoing[]) {
  await clear()
  await transaction((tx) => sendMessages(tx, messages, NOW))
  const rows = await db().message.findMany()
  return messages.map((message) => {
    const kind = message.content.kind === 'code' ? 'code.' : message.content.kind
    const index = rows.findIndex(
      (row) => row.channel === message.channel && row.kind.startsWith(kind),
    )
    const [row] = rows.splice(index, 1)
    if (!row) throw new Error('a message was not written')
    return row
  })
}

export const read = (id: string) => db().message.findUniqueOrThrow({ where: { id } })

/** The messages of the queue, in the order in which a worker claims those of a channel. */
export function listQueue() {
  return db().message.findMany({
    where: { runAt: { not: null } },
    orderBy: [{ urgency: 'asc' }, { runAt: 'asc' }],
    select: { id: true, urgency: true, runAt: true, claimedBy: true },
  })
}

export async function clear() {
  await db().task.deleteMany()
  await db().inboxMessage.deleteMany()
  await db().message.deleteMany()
  await db().smsCount.deleteMany()
  await db().providerPace.deleteMany()
}

/** How many SMS count at the ceiling of all. */
export async function countedSms(): Promise<number> {
  return (await db().smsCount.findFirst({ where: { key: 'all' } }))?.sent ?? 0
}

/** Delivers one message, as a worker would at that time. */
export async function deliverAt(
  id: string,
  clock: () => Date,
  stop?: AbortSignal,
  breakers?: Breakers,
) {
  // Imported here, because a test may set the environment first.
  const { deliver } = await import('./deliver')
  await deliver(id, { clock, stop, ...(breakers && { breakers }) })
}
