import type { NumberSignals } from '@/lib/signals'

/**
 * What a message to a number is for. `reset`: the code of a reset. `second_proof`: the code that
 * releases a held password, or the word of a caller, which must not come from a swapped SIM. `reclaim`:
 * the code by which a signed-in customer proves that a number is still the customer's. `other`: any
 * other code to a number that was verified.
 */
export const NUMBER_USES = ['reset', 'second_proof', 'other', 'reclaim'] as const
export type NumberUse = (typeof NUMBER_USES)[number]

/**
 * `isSent`: the message goes to the number. `isMarked`: the number is recorded as recycled, and no
 * longer verifies the customer. `isHeld`: a new password that is set with this code waits.
 */
export type NumberDecision = { isSent: boolean; isMarked: boolean; isHeld: boolean }

/**
 * Decides about a message by what the operator says of its number. What the operator does not know
 * changes nothing. A swapped SIM never blocks for good: operators report a new phone and a number that
 * was ported in the same way.
 */
export function decideOn(use: NumberUse, { recycled, simSwapped }: NumberSignals): NumberDecision {
  const isMarked = recycled === 'yes' && use !== 'reclaim'
  const isSwapped = simSwapped === 'yes' && !isMarked
  return {
    isMarked,
    isSent: !isMarked && !(isSwapped && use === 'second_proof'),
    isHeld: isSwapped && use === 'reset',
  }
}
