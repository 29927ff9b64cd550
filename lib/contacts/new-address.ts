import type { Caller } from '@/lib/accounts'
import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { limitSends } from '@/lib/challenges'
import { admitNewNumber } from '@/lib/messaging'
import type { Refused } from '@/lib/platform/result'
import type { Purpose } from '@/prisma/client/enums'

/**
 * Whether a code may go to an address that nobody has confirmed: counts it at the address, whoever
 * asks, and, for a number, as `admitNewNumber` does. Called before the transaction that sends the
 * code. Refused: `send_throttled` with seconds.
 */
export async function refuseNewAddress(
  { userId, origin, now }: Caller,
  purpose: Purpose,
  address: AnyAddress,
): Promise<Refused<'send_throttled'> | undefined> {
  const whose = { userId, rateLimitKey: blindIndexOf(address) }
  return (
    (await limitSends(purpose, whose, origin.ip)) ??
    (await admitNewNumber(address, { purpose, userId, origin, now }))
  )
}
