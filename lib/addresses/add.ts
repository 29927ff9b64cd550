import { randomUUID } from 'node:crypto'
import { hashingKeyId, seal } from '@/lib/platform/crypto'
import { lockHashes, type Tx } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { Address, AddressRole } from '@/prisma/client/client'
import type { AnyAddress, Email } from './address'
import { blindIndexesOf, blindIndexOf, mailboxIndexesOf, mailboxIndexOf } from './blind-index'
import { listUnconfirmedPrimaries, USABLE } from './find'
import { type Consent, type HeldAddress, SEAL, toHeld } from './store'

/**
 * So many accounts can hold one e-mail before it is confirmed. Who confirms it takes it from all of
 * them in one transaction, which strangers must not be able to make too long.
 */
const WAITING_HOLDERS = 5

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
  /** Of a number that an undo puts back. */
  recycledAt?: Date | null
  /** How the customer agreed to its use for recovery. */
  consent?: Consent | null
  origin: Origin
  now: Date
}

/**
 * Adds an address to a user, encrypted. Unique indexes make one of several concurrent calls
 * succeed, and during a rotation of keys a lock does. After a refusal the transaction can continue.
 *
 * Refused: `taken` when another user has it as usable primary (asked for usable primaries only);
 * `same_as_primary` when a primary of this user reaches the same mailbox or number; `already_held`
 * when a recovery address does, or the role has one of this kind.
 */
export async function addAddress(
  tx: Tx,
  added: NewAddress,
): Promise<Result<HeldAddress, AddRefusal>> {
  const blindIndexes = blindIndexesOf(added.address)
  if (blindIndexes.length > 1) await lockHashes(tx, blindIndexes)
  const obstacle = await findObstacle(tx, added)
  if (obstacle) return refuse(obstacle)
  const row = toRow(added)
  const { count } = await tx.address.createMany({ data: row, skipDuplicates: true })
  // An index refused the row: another transaction committed after the first check. A second check
  // finds the reason.
  return count === 1 ? done(toHeld(row)) : addAddress(tx, added)
}

/**
 * Adds an unconfirmed primary e-mail that is not usable, unless five accounts hold it already: then
 * the account has none until it confirms one. Concurrent calls for one e-mail wait for each other.
 */
export async function addWaitingEmail(
  tx: Tx,
  added: Pick<NewAddress, 'userId' | 'origin' | 'now'> & { address: Email },
): Promise<void> {
  const { address } = added
  await lockHashes(tx, blindIndexesOf(address))
  const holders = await listUnconfirmedPrimaries(tx, address)
  if (holders.length < WAITING_HOLDERS)
    await addAddress(tx, { ...added, role: 'primary', confirmedAt: null })
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

/** The row of a new address. */
export function toRow({
  userId,
  role,
  address,
  confirmedAt,
  lastVerifiedAt = confirmedAt,
  worksUnconfirmed = false,
  recycledAt = null,
  consent = null,
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
    recycledAt,
    recycleAskedAt: null,
    worksUnconfirmed,
    unreachableAt: null,
    reachedAt: null,
    lastVerifiedAt,
    remindedAt: null,
    consentVersion: consent?.version ?? null,
    consentAt: consent?.at ?? null,
    removedAt: null,
  }
}
