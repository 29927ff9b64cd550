import type { Caller } from '@/lib/accounts'
import { type AnyAddress, blindIndexesOf, type HeldAddress, primaryPhoneOf } from '@/lib/addresses'
import { issueToUser } from '@/lib/challenges'
import type { Tx } from '@/lib/platform/db'
import type { Purpose } from '@/prisma/client/enums'

type About = { addressId?: string; payload?: string }

/** Issues a challenge about an address of the customer, whose code goes to that address. */
export function sendCodeTo(
  tx: Tx,
  caller: Caller,
  purpose: Purpose,
  { id: addressId, address }: HeldAddress,
): Promise<void> {
  return issueTo(tx, caller, purpose, address, { addressId })
}

/**
 * Issues a challenge whose code goes to the primary phone among `held`. The caller has read `held`
 * under the lock of the user: a phone that has been replaced must authorise nothing.
 */
export function sendCodeToPhone(
  tx: Tx,
  caller: Caller,
  purpose: Purpose,
  held: readonly HeldAddress[],
  about: About,
): Promise<void> {
  return issueTo(tx, caller, purpose, primaryPhoneOf(held), about)
}

function issueTo(
  tx: Tx,
  { userId, locale, now }: Caller,
  purpose: Purpose,
  address: AnyAddress,
  about: About,
) {
  const whose = { userId, rateLimitKeys: blindIndexesOf(address), recipients: [address] }
  return issueToUser(tx, { purpose, ...whose, ...about, locale, now })
}
