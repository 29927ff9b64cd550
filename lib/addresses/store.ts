import { open } from '@/lib/platform/crypto'
import type { Tx } from '@/lib/platform/db'
import type { Address, AddressRole } from '@/prisma/client/client'
import { type AnyAddress, fromStored } from './address'
import { blindIndexesOf } from './blind-index'

export const SEAL = 'address'

/**
 * An address that belongs to a user and was not removed. Only a confirmed one may receive a code of
 * a reset. It is reachable until a provider reports otherwise.
 */
export type HeldAddress = {
  id: string
  userId: string
  role: AddressRole
  address: AnyAddress
  addedAt: Date
  confirmedAt: Date | null
  /**
   * Whether a primary address logs in and an address receives notifications: it is confirmed, or it
   * is a primary e-mail from before an unconfirmed one reserved nothing.
   */
  isUsable: boolean
  /** When a code that went to this address alone was last entered. */
  lastVerifiedAt: Date | null
  isReachable: boolean
}

/** A present or former address of a user; `removedAt` is null for a present one. */
export type PastAddress = HeldAddress & { removedAt: Date | null }

/** The condition of the unique index: at most one live primary row of an address meets it. */
export const USABLE = { OR: [{ confirmedAt: { not: null } }, { worksUnconfirmed: true }] }

/**
 * Finds the account that has this address as primary, also one that was stored under an older key;
 * null when there is none. An unconfirmed e-mail that is not usable belongs to nobody.
 */
export async function findPrimary(tx: Tx, address: AnyAddress): Promise<HeldAddress | null> {
  const row = await tx.address.findFirst({
    where: {
      blindIndex: { in: blindIndexesOf(address) },
      role: 'primary',
      removedAt: null,
      ...USABLE,
    },
  })
  return row && toHeld(row)
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

/** The live addresses of a user: primaries first, each role in the order of adding. */
export async function listAddresses(tx: Tx, userId: string): Promise<HeldAddress[]> {
  const rows = await tx.address.findMany({
    where: { userId, removedAt: null },
    orderBy: [{ role: 'asc' }, { addedAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(toHeld)
}

/** Every address that a user ever had, in the order of adding. */
export async function listAddressHistory(tx: Tx, userId: string): Promise<PastAddress[]> {
  const rows = await tx.address.findMany({
    where: { userId },
    orderBy: [{ addedAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map((row) => ({ ...toHeld(row), removedAt: row.removedAt }))
}

/** Marks an address as confirmed. False when it was confirmed before, was removed or is unknown. */
export async function confirmAddress(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.address.updateMany({
    where: { id, confirmedAt: null, removedAt: null },
    data: { confirmedAt: now, lastVerifiedAt: now },
  })
  return count === 1
}

/** Closes an address; its row stays as history. False when it was removed before or is unknown. */
export async function removeAddress(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.address.updateMany({
    where: { id, removedAt: null },
    data: { removedAt: now },
  })
  return count === 1
}

/** The primary phone of an account. Throws when there is none: every account has one. */
export function primaryPhoneOf(held: readonly HeldAddress[]): AnyAddress {
  const phone = held.find(({ role, address }) => role === 'primary' && address.kind === 'phone')
  if (!phone) throw new Error('an account without a primary phone')
  return phone.address
}

/**
 * Closes an unconfirmed primary e-mail that somebody else confirms. No undo in a frozen account
 * brings it back. False when it was confirmed or removed before.
 */
export async function withdrawAddress(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.address.updateMany({
    where: { id, confirmedAt: null, removedAt: null },
    data: { removedAt: now, worksUnconfirmed: false },
  })
  return count === 1
}

/** A row as the other modules see it. */
export function toHeld({
  id,
  userId,
  role,
  kind,
  sealed,
  addedAt,
  confirmedAt,
  worksUnconfirmed,
  lastVerifiedAt,
  unreachableAt,
}: Address): HeldAddress {
  const address = fromStored(kind, open(sealed, SEAL))
  return {
    id,
    userId,
    role,
    address,
    addedAt,
    confirmedAt,
    isUsable: confirmedAt !== null || (role === 'primary' && worksUnconfirmed),
    lastVerifiedAt,
    isReachable: unreachableAt === null,
  }
}
