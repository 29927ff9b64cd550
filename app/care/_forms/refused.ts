import 'server-only'
import type { Refused } from '@/lib/platform/result'
import { type FormState, refused } from '../../_forms/form'
import type { Refusal } from '../../_text/refusal'

/**
 * The refusals of the console. The catalogue has them with `care_` in front: others have the same
 * words.
 */
type CareWord = {
  [Word in Refusal]: Word extends `care_${infer Own}` ? Own : never
}[Refusal]

/** The refusals that the catalogue has without it. */
type OwnWord = Extract<Refusal, 'not_permitted' | 'passkey_refused'>

/** Shows a refusal of `lib/support` in a form, at a field or above it. */
export async function careRefused(
  outcome: Refused<CareWord | OwnWord>,
  at?: string,
): Promise<FormState> {
  const { refusal } = outcome
  const word: Refusal =
    refusal === 'not_permitted' || refusal === 'passkey_refused' ? refusal : `care_${refusal}`
  return refused({ ...outcome, refusal: word }, at)
}
