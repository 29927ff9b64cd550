import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { GivenProof } from '@/lib/platform/proof-of-work'
import type { ProofRequest } from '@/lib/platform/result'

/** Computes a proof as a browser does. */
export async function prove({ ticket, challenge }: ProofRequest): Promise<GivenProof> {
  const solution = await solveChallenge({ challenge, deriveKey })
  return { ticket, solution: JSON.stringify({ challenge, solution }) }
}

/** The proof that a refusal asks for. Throws when it asks for none. */
export function proofOf(outcome: { ok: boolean; proof?: ProofRequest }): ProofRequest {
  if (!outcome.proof) throw new Error('no proof is asked for')
  return outcome.proof
}
