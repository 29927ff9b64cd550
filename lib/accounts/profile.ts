import { type HeldAddress, listAddresses, maskAddress } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { balanceOf } from '@/lib/points'
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
}

export type Profile = {
  name: string
  primaries: ProfileAddress[]
  recoveries: ProfileAddress[]
  points: number
}

/**
 * Reads the data of the profile page: name, masked addresses with their state, balance of points.
 */
export async function readProfile(userId: string): Promise<Profile> {
  const [{ name }, addresses, points] = await Promise.all([
    db().user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } }),
    listAddresses(db(), userId),
    balanceOf(userId),
  ])
  const shown = (role: 'primary' | 'recovery') =>
    addresses
      .filter((held) => held.role === role)
      .map(show)
      .sort(byKind)
  return { name, primaries: shown('primary'), recoveries: shown('recovery'), points }
}

function show({
  address,
  addedAt,
  confirmedAt,
  isUsable,
  lastVerifiedAt,
  isReachable,
}: HeldAddress): ProfileAddress {
  return {
    kind: address.kind,
    mask: maskAddress(address),
    addedAt,
    confirmedAt,
    isUsable,
    lastVerifiedAt,
    isReachable,
  }
}

/** Sorts e-mail before phone. */
const byKind = (one: ProfileAddress, other: ProfileAddress) => one.kind.localeCompare(other.kind)
