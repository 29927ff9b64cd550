import { findPrimary, type HeldAddress, listHolders } from '@/lib/addresses'
import type { Tx } from '@/lib/platform/db'
import type { Query } from './query'

/** The ids of the accounts that a query names: none, one, or several that hold one address. */
export async function findNamed(
  tx: Tx,
  { reference, caseNumber, address }: Query,
): Promise<string[]> {
  const named =
    (reference && (await findByReference(tx, reference))) ||
    (caseNumber && (await findByCase(tx, caseNumber)))
  if (named) return [named]
  if (!address) return []
  const primary = await findPrimary(tx, address)
  return primary ? [primary.userId] : listOwners(await listHolders(tx, address))
}

async function findByReference(tx: Tx, reference: string) {
  const event = await tx.securityEvent.findUnique({
    where: { reference, user: { erasedAt: null } },
    select: { userId: true },
  })
  return event?.userId
}

async function findByCase(tx: Tx, number: string) {
  const found = await tx.case.findUnique({
    where: { number, user: { erasedAt: null } },
    select: { userId: true },
  })
  return found?.userId
}

/**
 * Who holds an address that is nobody's primary. Somebody who names it without a code that proves it
 * must not hide the account that proved it.
 */
function listOwners(held: readonly HeldAddress[]): string[] {
  const proven = held.filter(({ confirmedAt }) => confirmedAt !== null)
  const counted = proven.length > 0 ? proven : held
  return [...new Set(counted.map(({ userId }) => userId))]
}
