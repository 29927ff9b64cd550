import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import type { ProofRequest } from '@/lib/platform/result'

/** The browser derives keys outside the main thread, several at a time. */
const LANES = 4

/** The solution of a proof of work, as a form field; undefined when none was found in time. */
export async function solveProof({ challenge }: ProofRequest): Promise<string | undefined> {
  const controller = new AbortController()
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    solveChallenge({
      challenge,
      controller,
      counterStart: lane,
      counterStep: LANES,
      deriveKey,
    }),
  )
  const solution = await Promise.race(lanes)
  controller.abort()
  return solution ? JSON.stringify({ challenge, solution }) : undefined
}
