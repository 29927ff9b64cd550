import { type Consent, type HeldAddress, listAddresses, withMasks } from '@/lib/addresses'
import { onPool } from '@/lib/platform/sql'
import { type Sql, statement } from '@/lib/platform/statement'
import { balanceOf } from '@/lib/points'
import type { User } from '@/prisma/client/client'
import type { AddressKind } from '@/prisma/client/enums'

/** An address as the profile shows it: masked, never whole (ASVS 14.2.6). */
export type ProfileAddress = {
  kind: AddressKind
  mask: string
  addedAt: Date
  confirmedAt: Date | null
  /** False for an e-mail that does not log in, and receives no notification, until confirmed. */
  isUsable: boolean
  lastVerifiedAt: Date | null
  isReachable: boolean
  /** Whether somebody else has the number, by what its operator says. */
  isRecycled: boolean
  /** The version of the text by which the customer agreed to its use for recovery, and when. */
  consent: Consent | null
}

export type Profile = {
  name: string
  primaries: ProfileAddress[]
  recoveries: ProfileAddress[]
  points: number
  /** When the account will be erased; null when that was not requested. */
  eraseAt: Date | null
  /** Until when the account is restricted; null when it never was. It may be over. */
  restrictedUntil: Date | null
  /** When a new password that is held takes effect; null without one. */
  heldUntil: Date | null
}

type Stored = Pick<User, 'name' | 'eraseAt' | 'restrictedUntil'> & Pick<Profile, 'heldUntil'>

const FIND_PROFILE = statement<Stored>(
  'find_profile',
  `select name, "eraseAt", "restrictedUntil",
    (select "dueAt" from "HeldPassword" held where held."userId" = "User".id and "endedAt" is null) as "heldUntil"
  from "User" where id = $1::uuid`,
)

/**
 * Reads the data of the profile page: name, masked addresses with their state, balance of points,
 * erasure, restriction and held password. Throws for an unknown user.
 */
export async function readProfile(userId: string, sql: Sql = onPool): Promise<Profile> {
  const [[stored], addresses, points] = await Promise.all([
    sql.run(FIND_PROFILE, [userId]),
    listAddresses(sql, userId),
    balanceOf(userId, sql),
  ])
  if (!stored) throw new Error('a profile without a user')
  const masked = withMasks(addresses)
  const shown = (role: 'primary' | 'recovery') =>
    masked
      .filter((held) => held.role === role)
      .map(show)
      .sort(byKind)
  return { ...stored, primaries: shown('primary'), recoveries: shown('recovery'), points }
}

function show({
  address,
  mask,
  addedAt,
  confirmedAt,
  isUsable,
  lastVerifiedAt,
  isReachable,
  isRecycled,
  consent,
}: HeldAddress & { mask: string }): ProfileAddress {
  return {
    kind: address.kind,
    mask,
    addedAt,
    confirmedAt,
    isUsable,
    lastVerifiedAt,
    isReachable,
    isRecycled,
    consent,
  }
}

/** Sorts e-mail before phone. */
const byKind = (one: ProfileAddress, other: ProfileAddress) => one.kind.localeCompare(other.kind)
