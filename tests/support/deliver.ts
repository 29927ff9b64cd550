import { randomUUID } from 'node:crypto'
import { renderEmail } from '@/emails'
import type { Claimed } from '@/lib/messaging/worker/claims'
import { type Delivery, deliverMessage } from '@/lib/messaging/worker/deliver'
import { db } from '@/lib/platform/db'

/** Claims one message, whenever it is due, and delivers it. A settled one is left as it is. */
export async function deliver(id: string, delivery: Omit<Delivery, 'renderEmail'>) {
  const claimed = await db().message.updateManyAndReturn({
    where: { id, sentAt: null, failedAt: null },
    data: { claimedBy: randomUUID(), attempts: { increment: 1 } },
  })
  for (const message of claimed satisfies Claimed[])
    await deliverMessage(message, { ...delivery, renderEmail })
}
