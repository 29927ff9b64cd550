import { redirect } from 'next/navigation'
import type { Refused } from '@/lib/platform/result'
import type { Refusal } from '../_text/refusal'
import { type FormState, refused } from './form'

/** Refusals that end a flow. They are said where it can begin anew: the page of a step that is no more cannot say them. */
const FLOW_ENDS = [
  'challenge_gone',
  'taken',
  'already_held',
  'own_recovery',
  'same_as_primary',
  'nothing_to_confirm',
  'nothing_to_remove',
  'nothing_to_reverify',
  'unfreeze_gone',
] as const

export type FlowEnd = (typeof FLOW_ENDS)[number]

/** The part of an address that names the ending which has just led here. */
export type FlowEndParams = { searchParams: Promise<{ ended?: string }> }

export const flowEndOf = (word: string | undefined): FlowEnd | undefined =>
  FLOW_ENDS.find((ending) => ending === word)

/** Where a flow begins, to which the page of a step that is over leads. */
export const flowStart = (beginning: string) => endedAt(beginning, 'challenge_gone')

const endedAt = (beginning: string, ending: FlowEnd) => `${beginning}?ended=${ending}`

/** A refusal that leaves the step open stands in its form, at a field or above; one that ends it leads to the flow's beginning. */
export async function endFlowOr(
  outcome: Refused<Refusal>,
  beginning: string,
  at?: Record<string, string>,
): Promise<FormState> {
  const ending = flowEndOf(outcome.refusal)
  return ending ? redirect(endedAt(beginning, ending)) : refused(outcome, at)
}
