import type { Caller } from '@/lib/accounts'
import { type AnyAddress, blindIndexesOf, type HeldAddress, primaryPhoneOf } from '@/lib/addresses'
import { issueToUser } from '@/lib/challenges'
import type { Tx } from '@/lib/platform/db'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
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
 * under the lock of the user: a phone that has been replaced must authorise nothing. Refused:
 * `number_recycled` when somebody else has the number.
 */
export async function sendCodeToPhone(
  tx: Tx,
  caller: Caller,
  purpose: Purpose,
  held: readonly HeldAddress[],
  about: About,
): Promise<Result<undefined, 'number_recycled'>> {
  const refusal = refuseRecycled(held)
  if (refusal) return refusal
  await issueTo(tx, caller, purpose, primaryPhoneOf(held).address, about)
  return done()
}

/** Refuses what needs a code to a primary phone that somebody else has, before it counts as a send. */
export const refuseRecycled = (
  held: readonly HeldAddress[],
): Refused<'number_recycled'> | undefined =>
  primaryPhoneOf(held).isRecycled ? refuse('number_recycled') : undefined

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
