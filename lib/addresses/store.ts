import { randomUUID } from 'node:crypto'
import { hashingKeyId, open, seal } from '@/lib/platform/crypto'
import type { Tx } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { Address, AddressRole } from '@/prisma/client/client'
import { type AnyAddress, fromStored } from './address'
import { blindIndexesOf, blindIndexOf, mailboxIndexesOf, mailboxIndexOf } from './blind-index'

const SEAL = 'address'

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

export type AddRefusal = 'taken' | 'same_as_primary' | 'already_held'

type NewAddress = {
  userId: string
  role: AddressRole
  address: AnyAddress
  confirmedAt: Date | null
  /** When it was last verified; by default at its confirmation. */
  lastVerifiedAt?: Date | null
  /** Whether a primary e-mail works unconfirmed; by default it does not. */
  worksUnconfirmed?: boolean
  origin: Origin
  now: Date
}

/** The condition of the unique index: at most one live primary row of an address meets it. */
const USABLE = { OR: [{ confirmedAt: { not: null } }, { worksUnconfirmed: true }] }

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

/**
 * Adds an address to a user, encrypted. Unique indexes make one of several concurrent calls
 * succeed. After a refusal the transaction can continue.
 *
 * Refused: `taken` when another user has it as usable primary (asked for usable primaries only);
 * `same_as_primary` when a primary of this user reaches the same mailbox or number; `already_held`
 * when a recovery address does, or the role has one of this kind.
 */
export async function addAddress(
  tx: Tx,
  added: NewAddress,
): Promise<Result<HeldAddress, AddRefusal>> {
  const obstacle = await findObstacle(tx, added)
  if (obstacle) return refuse(obstacle)
  const row = toRow(added)
  const { count } = await tx.address.createMany({ data: row, skipDuplicates: true })
  // An index refused the row: another transaction committed after the first check. A second check
  // finds the reason.
  return count === 1 ? done(toHeld(row)) : addAddress(tx, added)
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

/**
 * The unique indexes compare hashes under the current key. Rows of older keys are compared here.
 */
async function findObstacle(
  tx: Tx,
  { userId, role, address, confirmedAt, worksUnconfirmed = false }: NewAddress,
): Promise<AddRefusal | undefined> {
  const blindIndexes = blindIndexesOf(address)
  const mailboxIndexes = mailboxIndexesOf(address)
  const rows = await tx.address.findMany({
    where: {
      removedAt: null,
      OR: [{ userId }, { role: 'primary', blindIndex: { in: blindIndexes }, ...USABLE }],
    },
  })
  const own = rows.filter((row) => row.userId === userId)
  const reserves = role === 'primary' && (confirmedAt !== null || worksUnconfirmed)
  if (reserves && rows.length > own.length) return 'taken'
  const same = own.find((row) => mailboxIndexes.includes(row.mailboxIndex))
  if (same) return same.role === 'primary' ? 'same_as_primary' : 'already_held'
  return own.some((row) => row.role === role && row.kind === address.kind)
    ? 'already_held'
    : undefined
}

function toRow({
  userId,
  role,
  address,
  confirmedAt,
  lastVerifiedAt = confirmedAt,
  worksUnconfirmed = false,
  origin,
  now,
}: NewAddress): Address {
  return {
    id: randomUUID(),
    userId,
    role,
    kind: address.kind,
    sealed: seal(address.value, SEAL),
    blindIndex: blindIndexOf(address),
    mailboxIndex: mailboxIndexOf(address),
    keyId: hashingKeyId(),
    addedAt: now,
    addedFrom: origin.ip,
    confirmedAt,
    worksUnconfirmed,
    unreachableAt: null,
    reachedAt: null,
    lastVerifiedAt,
    remindedAt: null,
    removedAt: null,
  }
}

function toHeld({
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
