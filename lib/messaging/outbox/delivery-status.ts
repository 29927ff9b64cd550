import { db } from '@/lib/platform/db'

/**
 * The delivery status of a message: not yet sent, accepted by a provider, reported as delivered, or
 * failed.
 */
export type DeliveryStatus = 'sending' | 'sent' | 'delivered' | 'failed'

/** The delivery status of one message. */
export function deliveryStatusOf({ sentAt, deliveredAt, failedAt }: Progress): DeliveryStatus {
  if (deliveredAt) return 'delivered'
  if (failedAt) return 'failed'
  return sentAt ? 'sent' : 'sending'
}

type Progress = { sentAt: Date | null; deliveredAt: Date | null; failedAt: Date | null }

/**
 * The delivery status of the code that a challenge sent at this time; with several recipients, the
 * most advanced one.
 */
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
