import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { admitNewNumber } from '@/lib/messaging'
import type { Origin } from '@/lib/platform/origin'
import type { Refused } from '@/lib/platform/result'
import type { Purpose } from '@/prisma/client/enums'
import { limitNewSends } from './purposes'

/** Who asks: `userId` of a signed-in customer. */
type Asker = { userId: string | null; origin: Origin; now: Date }

/**
 * Whether a code may go to an address that nobody has confirmed: counts it at the address, whoever
 * asks, and, for a number, as `admitNewNumber` does. Called before the transaction that sends the
 * code; a code that is refused counts nowhere. Refused: `send_throttled` with seconds.
 */
export async function limitNewAddress(
  purpose: Purpose,
  address: AnyAddress,
  { userId, origin, now }: Asker,
): Promise<Refused<'send_throttled'> | undefined> {
  const whose = { userId, rateLimitKey: blindIndexOf(address) }
  return limitNewSends(purpose, whose, () =>
    admitNewNumber(address, { purpose, userId, origin, now }),
  )
}
