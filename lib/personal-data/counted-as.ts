import { blindIndexesOf, listAddressHistory } from '@/lib/addresses'
import type { Tx } from '@/lib/platform/db'

/**
 * The blind indexes of every address that a person has or had, as stored and under every live key:
 * while a hashing key is rotated, rows about one address have either one.
 */
export async function indexesOf(tx: Tx, userId: string): Promise<string[]> {
  const history = await listAddressHistory(tx, userId)
  const stored = await tx.address.findMany({ where: { userId }, select: { blindIndex: true } })
  const indexes = history.flatMap(({ address }) => blindIndexesOf(address))
  return [...new Set([...indexes, ...stored.map(({ blindIndex }) => blindIndex)])]
}

/** By what the failures of a person are counted: the account, and its addresses before it had them. */
export const countedAs = async (tx: Tx, userId: string): Promise<string[]> => [
  userId,
  ...(await indexesOf(tx, userId)),
]
