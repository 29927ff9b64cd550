import type { AnyAddress } from '@/lib/addresses'
import type { Tx } from '@/lib/platform/db'
import { findFrozenCode, findLiveCode } from '@/lib/saved-codes'
import type { ChallengeModel, SavedCodeModel } from '@/prisma/client/models'
import { type Review, type SlotName, slotOf } from './review'

/** How many proofs open a frozen account. */
export const PROOFS = 2

/** What a proof is called: the slot of an address, or the saved code. */
export type ProofName = SlotName | 'saved_code'

/** One thing that proves the owner of an account: a code to an address, or the saved code. */
export type Proof =
  | { name: SlotName; id: string; address: AnyAddress }
  | { name: 'saved_code'; id: string; code: SavedCodeModel }

/**
 * What can prove the owner: the undisputed addresses, and the saved code that the freeze ended. Before
 * a freeze, the one that it would end. Like an address, a code that was made within the reviewed days
 * is no proof: a thief may have made it. `frozenAt` is null while the account is not frozen.
 */
export async function listProofs(
  tx: Tx,
  userId: string,
  frozenAt: Date | null,
  { since, undisputed }: Review,
): Promise<Proof[]> {
  const code = frozenAt
    ? await findFrozenCode(tx, userId, frozenAt)
    : await findLiveCode(tx, userId)
  const isProof = code !== undefined && code.shownAt !== null && code.createdAt <= since
  return [
    ...undisputed.map((held) => ({ name: slotOf(held), id: held.id, address: held.address })),
    ...(isProof ? [{ name: 'saved_code', id: code.id, code } as const] : []),
  ]
}

/** The proof that a challenge of the unfreeze asks for; undefined when it is none any more. */
export const proofOf = (
  { addressId, path, codeHash }: ChallengeModel,
  proofs: readonly Proof[],
): Proof | undefined =>
  proofs.find((proof) =>
    proof.name === 'saved_code'
      ? path === 'saved_code' && proof.code.codeHash === codeHash
      : proof.id === addressId,
  )
