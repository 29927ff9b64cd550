import { hashingKeyId, open, type SealedTable } from '@/lib/platform/crypto'
import type { Tx } from '@/lib/platform/db'
import type { Address, AddressRole } from '@/prisma/client/client'
import { type AnyAddress, fromStored } from './address'
import { blindIndexOf, mailboxIndexOf } from './blind-index'

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
  /**
   * Whether the operator said that somebody else has the number since it was verified. It receives
   * no codes but the one that verifies it again, and no notifications.
   */
  isRecycled: boolean
  /** How the customer agreed to its use for recovery; null for a primary and for older rows. */
  consent: Consent | null
}

/** The version of a text that a customer agreed to, and when. */
export type Consent = { version: string; at: Date }

/** A present or former address of a user; `removedAt` is null for a present one. */
export type PastAddress = HeldAddress & { removedAt: Date | null; recycledAt: Date | null }

/** The columns that a rotation of keys rewrites. */
export const SEALED_ADDRESSES: SealedTable = {
  table: 'Address',
  word: 'addresses',
  sealed: [{ column: 'sealed', context: SEAL }],
  reads: ['kind'],
  rehash({ kind, sealed = '' }) {
    const address = fromStored(kind === 'email' ? 'email' : 'phone', sealed)
    return {
      blindIndex: blindIndexOf(address),
      mailboxIndex: mailboxIndexOf(address),
      keyId: hashingKeyId(),
    }
  },
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

/** Whether a code to an address can verify the customer: it is confirmed, and not a recycled number. */
export const isProof = ({
  confirmedAt,
  isRecycled,
}: Pick<HeldAddress, 'confirmedAt' | 'isRecycled'>): boolean => confirmedAt !== null && !isRecycled

/** The primary phone of an account. Throws when there is none: every account has one. */
export function primaryPhoneOf(held: readonly HeldAddress[]): HeldAddress {
  const phone = held.find(({ role, address }) => role === 'primary' && address.kind === 'phone')
  if (!phone) throw new Error('an account without a primary phone')
  return phone
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
  recycledAt,
  consentVersion: version,
  consentAt: at,
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
    isRecycled: recycledAt !== null,
    consent: version !== null && at !== null ? { version, at } : null,
  }
}
