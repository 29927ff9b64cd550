import { redirect } from 'next/navigation'
import { type Caller, findChange, type Slot } from '@/lib/account'
import type { Refused } from '@/lib/result'
import { type FormState, refused } from '../../_lib/form'
import type { Refusal } from '../../_lib/refusal'
import { baseOf, pathOf } from './slot'

/** Refusals that end a change. They are said where it can begin anew: the page of a step that is no more cannot say them. */
const ENDINGS = ['challenge_gone', 'taken', 'own_recovery', 'same_as_primary'] as const

export type Ending = (typeof ENDINGS)[number]

/** The part of an address that names the ending which has just led here. */
export type EndingParams = { searchParams: Promise<{ ended?: string }> }

export const endingOf = (word: string | undefined): Ending | undefined => ENDINGS.find((ending) => ending === word)

/** A refusal that leaves the step open stands in its form; one that ends it leads to where the change stands now. */
export async function stop(caller: Caller, slot: Slot, outcome: Refused<Refusal>): Promise<FormState> {
  const ending = endingOf(outcome.refusal)
  if (!ending) return refused(outcome, { code: 'code' })
  const change = await findChange(caller, slot)
  redirect(change ? pathOf(slot, change) : `${baseOf(slot)}?ended=${ending}`)
}
