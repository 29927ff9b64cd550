'use server'

import { redirect } from 'next/navigation'
import { makeSavedCode, requestSavedCode } from '@/lib/recovery'
import { codeSchema } from '../../_forms/code-schema'
import { endFlowOr } from '../../_forms/flow-end'
import { type FormState, refused, submit } from '../../_forms/form'
import { passwordProofSchema } from '../../_forms/password-proof-schema'
import { sendAgain } from '../../_forms/send-again'
import { currentCaller } from '../../_session/caller'
import { keepMade } from '../../_session/made-code'
import { requireSession } from '../../_session/session'

const BEGINNING = '/profile/saved-code'
const CODE_SCREEN = `${BEGINNING}/code`

/**
 * Sends a code to the primary phone, which permits a new saved code, and leads to
 * `/profile/saved-code/code`.
 * Refused at the password: `password_*` (missing, wrong, throttled). Refused above the form:
 * `account_restricted`, `erasure_pending`, `challenge_gone`, `send_throttled`.
 */
export async function submitMaking(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(passwordProofSchema, form, async ({ currentPassword }) => {
    const outcome = await requestSavedCode(caller, currentPassword)
    if (!outcome.ok) return refused(outcome, { password: 'currentPassword' })
    redirect(CODE_SCREEN)
  })
}

/**
 * Makes the saved code and leads to `/profile/saved-code/done`, which shows it.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). Refused above the
 * form: `account_restricted`, `erasure_pending`. `challenge_gone` leads back to `/profile/saved-code`.
 */
export async function submitMakingCode(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await makeSavedCode(caller, code)
    if (!outcome.ok) return endFlowOr(outcome, BEGINNING, { code: 'code' })
    await keepMade(outcome.value)
    redirect(`${BEGINNING}/done`)
  })
}

/**
 * Sends another code and comes back to `/profile/saved-code/code`.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`.
 * `challenge_gone` leads back to `/profile/saved-code`.
 */
export async function resendMakingCode(_: FormState, form: FormData): Promise<FormState> {
  const { userId } = await requireSession(BEGINNING)
  const places = { screen: CODE_SCREEN, beginning: BEGINNING }
  return sendAgain({ userId }, 'make_saved_code', places, form)
}
