import { db } from '@/lib/platform/db'

/** How far a message has come: not yet handed over, accepted by a provider, reported as arrived, or given up. */
export type DeliveryStatus = 'sending' | 'sent' | 'delivered' | 'failed'

/** How far one message has come. */
export function deliveryStatusOf({ sentAt, deliveredAt, failedAt }: Progress): DeliveryStatus {
  if (deliveredAt) return 'delivered'
  if (failedAt) return 'failed'
  return sentAt ? 'sent' : 'sending'
}

type Progress = { sentAt: Date | null; deliveredAt: Date | null; failedAt: Date | null }

/** How far the code has come that a challenge sent at this moment; the furthest of several recipients. */
export async function findDeliveryStatus(
  challengeId: string,
  codeSentAt: Date,
): Promise<DeliveryStatus> {
  const messages = await db().message.findMany({
    where: { challengeId, createdAt: codeSentAt },
    select: { sentAt: true, deliveredAt: true, failedAt: true },
  })
  const states = messages.map(deliveryStatusOf)
  const furthest = (['delivered', 'sent', 'sending'] as const).find((state) =>
    states.includes(state),
  )
  return furthest ?? (states.length > 0 ? 'failed' : 'sending')
}
