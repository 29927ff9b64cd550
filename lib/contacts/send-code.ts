import type { Caller } from '@/lib/accounts'
import { blindIndexOf, type HeldAddress } from '@/lib/addresses'
import { issueToUser } from '@/lib/challenges'
import type { Tx } from '@/lib/platform/db'
import type { Purpose } from '@/prisma/client/enums'

/** Issues a challenge about an address of the customer, whose code goes to that address. */
export function sendCodeTo(
  tx: Tx,
  { userId, locale, now }: Caller,
  purpose: Purpose,
  { id: addressId, address }: HeldAddress,
): Promise<void> {
  const rateLimitKey = blindIndexOf(address)
  return issueToUser(tx, {
    purpose,
    userId,
    rateLimitKey,
    recipients: [address],
    addressId,
    locale,
    now,
  })
}
