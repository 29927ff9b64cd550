import { findChallenge } from '@/lib/challenges'
import { hashSecret } from '@/lib/platform/crypto'
import type { Tx } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { listProofs, proofOf } from './proofs'
import { reviewSlots } from './review'

/** The two codes, in their order. */
export const [FIRST, SECOND] = ['unfreeze_first', 'unfreeze_second'] as const

/** Refuses and logs a step of an unfreeze that was not begun, is over, or skips a code. */
export function refuseGone() {
  logSecurity('sequence_fail', { purpose: 'unfreeze', reason: 'unfreeze_gone' })
  return refuse('unfreeze_gone')
}

/** The live unfreeze flow of a browser, what can prove its owner, and what did, in order. */
export async function readUnfreeze(tx: Tx, secret: string, now: Date) {
  const row = await tx.unfreezeFlow.findUnique({
    where: { secretHash: hashSecret(secret), closedAt: null, expiresAt: { gt: now } },
    include: { user: { select: { frozenAt: true } } },
  })
  if (!row?.user.frozenAt) return null
  const { userId } = row
  const review = await reviewSlots(tx, userId, row.user.frozenAt)
  const proofs = await listProofs(tx, userId, row.user.frozenAt, review)
  const challenges = [
    await findChallenge({ secret }, FIRST, now, tx),
    await findChallenge({ secret }, SECOND, now, tx),
  ]
  const passed = challenges.flatMap((challenge) => (challenge?.passedAt ? [challenge] : []))
  const proven = passed.flatMap((challenge) => proofOf(challenge, proofs) ?? [])
  const isInOrder = passed.length !== 1 || passed[0]?.purpose === FIRST
  const flow = { userId, review, proofs }
  return isInOrder
    ? { ...flow, challenges: passed, proven }
    : { ...flow, challenges: [], proven: [] }
}
