import type { Tx } from '@/lib/platform/db'
import { type AnyTx, columns, runIn, type Statement, statement } from '@/lib/platform/statement'
import { type Address, Prisma } from '@/prisma/client/client'
import type { AnyAddress } from './address'
import { blindIndexesOf } from './blind-index'
import { type HeldAddress, type PastAddress, toHeld } from './store'

const ADDRESS = columns(Prisma.AddressScalarFieldEnum)

/** The condition of the unique index: at most one live primary row of an address meets it. */
export const USABLE = { OR: [{ confirmedAt: { not: null } }, { worksUnconfirmed: true }] }

/**
 * Finds the account that has this address as primary, also one that was stored under an older key;
 * null when there is none. An unconfirmed e-mail that is not usable belongs to nobody.
 */
export async function findPrimary(tx: AnyTx, address: AnyAddress): Promise<HeldAddress | null> {
  const [row] = await runIn(tx, FIND_PRIMARY, [blindIndexesOf(address)])
  return row ? toHeld(row) : null
}

const OF_PRIMARY = `from "Address" where "blindIndex" = any($1::text[]) and role = 'primary'
    and "removedAt" is null and ("confirmedAt" is not null or "worksUnconfirmed") limit 1`

const FIND_PRIMARY = statement<Address>('find_primary', `select ${ADDRESS} ${OF_PRIMARY}`)

/**
 * The live addresses of the account that `findPrimary` finds, primaries first; none for an unknown
 * address. One statement.
 */
export async function listOfPrimary(tx: AnyTx, address: AnyAddress): Promise<HeldAddress[]> {
  return (await runIn(tx, LIST_OF_PRIMARY, [blindIndexesOf(address)])).map(toHeld)
}

/** The user id of the account that has this primary address; `$1` are its blind indexes. */
export const OWNER_OF_PRIMARY = `(select "userId" ${OF_PRIMARY})`

/**
 * A statement for the live addresses of the user whose id the SQL `owner` gives: primaries first, each
 * role in the order of adding.
 */
export const listingOf = (name: string, owner: string): Statement<Address> =>
  statement(
    name,
    `select ${ADDRESS} from "Address" where "userId" = ${owner} and "removedAt" is null
    order by role, "addedAt", id`,
  )

const LIST_OF_PRIMARY = listingOf('list_addresses_of_primary', OWNER_OF_PRIMARY)

/** Every account's live row of this address, in whatever role, confirmed or not. */
export async function listHolders(tx: Tx, address: AnyAddress): Promise<HeldAddress[]> {
  const rows = await tx.address.findMany({
    where: { blindIndex: { in: blindIndexesOf(address) }, removedAt: null },
    orderBy: { userId: 'asc' },
  })
  return rows.map(toHeld)
}

/** Every account's live primary row of this address that is not confirmed, usable or not. */
export async function listUnconfirmedPrimaries(
  tx: Tx,
  address: AnyAddress,
): Promise<HeldAddress[]> {
  const rows = await tx.address.findMany({
    where: {
      blindIndex: { in: blindIndexesOf(address) },
      role: 'primary',
      removedAt: null,
      confirmedAt: null,
    },
    orderBy: { userId: 'asc' },
  })
  return rows.map(toHeld)
}

const ORDER = [{ role: 'asc' as const }, { addedAt: 'asc' as const }, { id: 'asc' as const }]

/** The live addresses of a user: primaries first, each role in the order of adding. */
export async function listAddresses(tx: AnyTx, userId: string): Promise<HeldAddress[]> {
  return (await runIn(tx, LIST_ADDRESSES, [userId])).map(toHeld)
}

const LIST_ADDRESSES = listingOf('list_addresses', '$1::uuid')

/**
 * The live addresses of a user, and the ids of those that this process cannot decrypt: their key is
 * missing here, or they were altered.
 */
export async function readAddresses(
  tx: Tx,
  userId: string,
): Promise<{ held: HeldAddress[]; unreadable: string[] }> {
  const rows = await tx.address.findMany({ where: { userId, removedAt: null }, orderBy: ORDER })
  const read = rows.map((row) => tryToHold(row) ?? row.id)
  return {
    held: read.filter((one) => typeof one !== 'string'),
    unreadable: read.filter((one) => typeof one === 'string'),
  }
}

function tryToHold(row: Address): HeldAddress | undefined {
  try {
    return toHeld(row)
  } catch {
    return undefined
  }
}

/** Every address that a user ever had, in the order of adding. */
export async function listAddressHistory(tx: Tx, userId: string): Promise<PastAddress[]> {
  const rows = await tx.address.findMany({
    where: { userId },
    orderBy: [{ addedAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map((row) => {
    const { removedAt, recycledAt } = row
    return { ...toHeld(row), removedAt, recycledAt }
  })
}
