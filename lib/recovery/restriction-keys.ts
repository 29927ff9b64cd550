import { blindIndexesOf, listAddressHistory } from '@/lib/addresses'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'

/**
 * How many hashes in present restrictions each key of HASHING_KEYS made. They name the addresses
 * that verified the owner.
 */
export async function countRestrictionKeys(now: Date): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { id, restrictedBy } of await listRestricted(now)) {
    const keys = await keysOf(db(), id)
    for (const hash of restrictedBy) {
      const keyId = keys.get(hash)?.keyId
      if (keyId !== undefined) counts.set(keyId, (counts.get(keyId) ?? 0) + 1)
    }
  }
  return counts
}

/** Hashes these addresses again under the current key. Returns how many accounts changed. */
export async function rehashRestrictions(now: Date): Promise<number> {
  let changed = 0
  for (const { id } of await listRestricted(now))
    if (await transaction((tx) => rehash(tx, id))) changed += 1
  return changed
}

async function rehash(tx: Tx, userId: string): Promise<boolean> {
  await lockUser(tx, userId)
  const { restrictedBy } = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  const keys = await keysOf(tx, userId)
  const fresh = restrictedBy.map((hash) => keys.get(hash)?.current ?? hash)
  if (fresh.every((hash, nth) => hash === restrictedBy[nth])) return false
  await tx.user.update({ where: { id: userId }, data: { restrictedBy: fresh } })
  return true
}

function listRestricted(now: Date) {
  return db().user.findMany({
    where: { restrictedUntil: { gt: now }, restrictedBy: { isEmpty: false } },
    select: { id: true, restrictedBy: true },
  })
}

/** For each hash of an address that the user ever had: its key, and the hash under the current one. */
async function keysOf(tx: Tx, userId: string) {
  const ids = env().HASHING_KEYS.map(({ id }) => id)
  const held = await listAddressHistory(tx, userId)
  return new Map(
    held.flatMap(({ address }) => {
      const hashes = blindIndexesOf(address)
      return hashes.map((hash, nth) => [hash, { keyId: ids[nth], current: hashes[0] }] as const)
    }),
  )
}
