import { redirect } from 'next/navigation'
import { refuseAction } from '@/lib/platform/response'
import type { Refused } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import type { Refusal } from '../_text/refusal'
import { type FormState, refused } from './form'

/**
 * Refusals that end a flow. The page that starts the flow shows them, because the page of the step
 * redirects there.
 */
const FLOW_ENDS = [
  'challenge_gone',
  'taken',
  'phone_taken',
  'already_held',
  'own_recovery',
  'same_as_primary',
  'nothing_to_confirm',
  'nothing_to_remove',
  'nothing_to_reverify',
  'unfreeze_gone',
  'held_gone',
  'download_throttled',
] as const

export type FlowEnd = (typeof FLOW_ENDS)[number]

/** The search parameter that names the refusal which ended a flow. */
export type FlowEndParams = { searchParams: Promise<{ ended?: string }> }

export const flowEndOf = (word: string | undefined): FlowEnd | undefined =>
  FLOW_ENDS.find((ending) => ending === word)

/**
 * The start of a flow, with the message that its challenge is gone, for the page of a step that was
 * opened without it. Logs that.
 */
export function flowStart(beginning: string): string {
  logSecurity('sequence_fail', { subject: beginning, reason: 'challenge_gone' })
  return endedAt(beginning, 'challenge_gone')
}

/** The page of an earlier step, for that of a step which was opened before it. Logs that. */
export function earlierStep(path: string): string {
  logSecurity('sequence_fail', { subject: path, reason: 'step_skipped' })
  return path
}

/** A page that shows the refusal which ended its flow. */
export const endedAt = (beginning: string, ending: FlowEnd) => `${beginning}?ended=${ending}`

/**
 * Answers a refused form: a refusal that ends the flow redirects to `beginning`, any other is shown
 * in the form. `at` as for `refused`.
 */
export async function endFlowOr(
  outcome: Refused<Refusal>,
  beginning: string,
  at?: Record<string, string>,
): Promise<FormState> {
  refuseAction()
  const ending = flowEndOf(outcome.refusal)
  return ending ? redirect(endedAt(beginning, ending)) : refused(outcome, at)
}
