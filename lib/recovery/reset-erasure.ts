import { recordEvent } from '@/lib/activity'
import { listAddresses } from '@/lib/addresses'
import type { Origin } from '@/lib/platform/origin'
import { type AnyTx, sendIn, statement } from '@/lib/platform/statement'

/**
 * Cancels a requested erasure in the transaction of a reset: a thief who knew the former password may
 * have requested it. Event and notifications commit with it.
 */
export async function cancelErasure(
  tx: AnyTx,
  { userId, origin, now }: { userId: string; origin: Origin; now: Date },
): Promise<void> {
  await sendIn(tx, CANCEL_ERASURE, [userId])
  const notify = await listAddresses(tx, userId)
  await recordEvent(tx, { userId, type: 'erasure_cancelled', origin, now, notify })
}

const CANCEL_ERASURE = statement(
  'cancel_erasure',
  `update "User" set "eraseAt" = null where id = $1::uuid`,
)
