'use server'

import { redirect } from 'next/navigation'
import { liftRestriction, requestLift } from '@/lib/recovery'
import { codeSchema } from '../../_forms/code-schema'
import { endFlowOr } from '../../_forms/flow-end'
import { type FormState, refused, submit } from '../../_forms/form'
import { sendAgain } from '../../_forms/send-again'
import { currentCaller } from '../../_session/caller'
import { requireSession } from '../../_session/session'
import { lifterSchema } from './schema'

const BEGINNING = '/profile/restriction'
const CODE_SCREEN = `${BEGINNING}/code`

/**
 * Sends a code to the chosen address, which lifts the restriction, and leads to
 * `/profile/restriction/code`.
 * Refused at the field: `choice_missing`. Refused above the form: `not_restricted`, `lifter_gone`,
 * `send_throttled`.
 */
export async function submitLifter(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(lifterSchema, form, async ({ address }) => {
    const outcome = await requestLift(caller, address)
    if (!outcome.ok) return refused(outcome)
    redirect(CODE_SCREEN)
  })
}

/**
 * Lifts the restriction and leads to `/profile/done`.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). Refused above
 * the form: `not_restricted`, `lifter_gone`. `challenge_gone` leads back to `/profile/restriction`.
 */
export async function submitLift(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await liftRestriction(caller, code)
    if (!outcome.ok) return endFlowOr(outcome, BEGINNING, { code: 'code' })
    redirect('/profile/done')
  })
}

/**
 * Sends another code and comes back to `/profile/restriction/code`.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`.
 * `challenge_gone` leads back to `/profile/restriction`.
 */
export async function resendLift(_: FormState, form: FormData): Promise<FormState> {
  const { userId } = await requireSession(BEGINNING)
  const places = { screen: CODE_SCREEN, beginning: BEGINNING }
  return sendAgain({ userId }, 'lift_restriction', places, form)
}
