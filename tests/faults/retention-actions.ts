import { applyEarlyReceipts } from '@/lib/messaging/webhooks/receipts'
import { wipeExpired } from '@/lib/messaging/worker/housekeeping'
import { db } from '@/lib/platform/db'

/** A receipt for a message that is not ours. */
export async function receiveEarly(now: Date) {
  const receipt = { provider: 'twilio', providerId: `SM${now.getTime()}` }
  await db().earlyReceipt.create({ data: { ...receipt, state: 'delivered', receivedAt: now } })
}

/** What the worker does beside the retention: messages are settled, and early receipts dropped. */
export async function settle(now: Date) {
  await wipeExpired(now)
  await applyEarlyReceipts(now)
}
