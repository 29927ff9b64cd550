import type { Outgoing } from '@/lib/messaging'
import { type Receipt, recordReceipt } from '@/lib/messaging/webhooks/receipts'
import { createBreakers } from '@/lib/messaging/worker/breaker'
import { db } from '@/lib/platform/db'
import { deliverAt, NOW, read, sms, written } from '../support/messaging-actions'

export const whatsapp = (more: Partial<Outgoing> = {}): Outgoing => ({
  ...sms(),
  channel: 'whatsapp',
  ...more,
})

export const secondsLater = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)

export const deliver = (id: string, seconds = 0) =>
  deliverAt(id, () => secondsLater(seconds), undefined, createBreakers())

/** A WhatsApp message that was delivered to the provider, or refused by it. */
export async function sent(message = whatsapp()) {
  const [row] = await written(message)
  const id = row?.id ?? ''
  await deliver(id)
  return id
}

/** The SMS that follow WhatsApp messages. */
export const replacements = () =>
  db().message.findMany({ where: { channel: 'sms' }, orderBy: { createdAt: 'asc' } })

export async function receipt(id: string, state: Receipt['state']) {
  const { providerId } = await read(id)
  const about = { provider: 'meta', providerId: providerId ?? '' }
  return recordReceipt({ ...about, state, reason: 'meta 1', now: secondsLater(5) })
}
