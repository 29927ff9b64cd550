import { db } from '@/lib/db'

/** How far a message has come: not yet handed over, accepted by a provider, reported as arrived, or given up. */
export type Delivery = 'sending' | 'sent' | 'delivered' | 'failed'

/** How far the code has come that a challenge sent at this moment; the furthest of several recipients. */
export async function findDelivery(challengeId: string, codeSentAt: Date): Promise<Delivery> {
  const messages = await db().message.findMany({
    where: { challengeId, createdAt: codeSentAt },
    select: { sentAt: true, deliveredAt: true, failedAt: true },
  })
  if (messages.some(({ deliveredAt }) => deliveredAt)) return 'delivered'
  if (messages.some(({ sentAt, failedAt }) => sentAt && !failedAt)) return 'sent'
  return messages.length > 0 && messages.every(({ failedAt }) => failedAt) ? 'failed' : 'sending'
}
