'use server'

import { redirect } from 'next/navigation'
import { confirmPrimaryEmail, requestEmailConfirmation } from '@/lib/contacts'
import { codeSchema, emptySchema } from '../../../_forms/code-schema'
import { endFlowOr } from '../../../_forms/flow-end'
import { type FormState, refused, submit } from '../../../_forms/form'
import { sendAgain } from '../../../_forms/send-again'
import { currentCaller } from '../../../_session/caller'
import { requireSession } from '../../../_session/session'

const SCREEN = '/profile/email/verify'

/**
 * Sends a code to the unconfirmed primary e-mail and comes back to the page, which is then the code
 * screen.
 * Refused above the button: `nothing_to_confirm`, `account_restricted`, `send_throttled`.
 */
export async function sendEmailCode(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(SCREEN)
  return submit(emptySchema, form, async () => {
    const outcome = await requestEmailConfirmation(caller)
    if (!outcome.ok) return refused(outcome)
    redirect(SCREEN)
  })
}

/**
 * Confirms the primary e-mail and leads to `/profile/done`.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). Refused above
 * the form: `account_restricted`. `challenge_gone`, `nothing_to_confirm` and `taken` lead to the
 * profile.
 */
export async function submitEmailCode(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(SCREEN)
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await confirmPrimaryEmail(caller, code)
    if (!outcome.ok) return endFlowOr(outcome, '/profile', { code: 'code' })
    redirect('/profile/done')
  })
}

/**
 * Sends another code and comes back to the code screen.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`.
 * `challenge_gone` leads to the profile.
 */
export async function resendEmailCode(_: FormState, form: FormData): Promise<FormState> {
  const { userId } = await requireSession(SCREEN)
  return sendAgain({ userId }, 'verify_email', { screen: SCREEN, beginning: '/profile' }, form)
}
