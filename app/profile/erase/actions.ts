'use server'

import { redirect } from 'next/navigation'
import { cancelErasure, confirmErasure, requestErasure } from '@/lib/personal-data'
import { codeSchema, emptySchema } from '../../_forms/code-schema'
import { endFlowOr } from '../../_forms/flow-end'
import { type FormState, refused, submit } from '../../_forms/form'
import { sendAgain } from '../../_forms/send-again'
import { currentCaller } from '../../_session/caller'
import { requireSession } from '../../_session/session'
import { eraseSchema } from './schema'

const BEGINNING = '/profile/erase'
const CODE_SCREEN = `${BEGINNING}/code`

/**
 * Sends a code to the primary phone or to the recovery addresses, which authorises the erasure, and
 * leads to `/profile/erase/code`.
 * Refused at the password: `password_*` (missing, wrong, throttled). Refused at the choice:
 * `choice_missing`, `no_recovery`. Refused above the form: `account_restricted`, `erasure_pending`,
 * `challenge_gone`, `send_throttled`.
 */
export async function submitErasure(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(eraseSchema, form, async ({ currentPassword: password, proof }) => {
    const outcome = await requestErasure(caller, { password, proof })
    if (!outcome.ok) return refused(outcome, { password: 'currentPassword', no: 'proof' })
    redirect(CODE_SCREEN)
  })
}

/**
 * Sets the time of the erasure and leads to `/profile/erase`, which shows it.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). Refused above the
 * form: `account_restricted`, `erasure_pending`. `challenge_gone` leads back to `/profile/erase`.
 */
export async function submitErasureCode(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await confirmErasure(caller, code)
    if (!outcome.ok) return endFlowOr(outcome, BEGINNING, { code: 'code' })
    redirect(BEGINNING)
  })
}

/**
 * Sends another code and comes back to `/profile/erase/code`.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`.
 * `challenge_gone` leads back to `/profile/erase`.
 */
export async function resendErasureCode(_: FormState, form: FormData): Promise<FormState> {
  const { userId } = await requireSession(BEGINNING)
  const places = { screen: CODE_SCREEN, beginning: BEGINNING }
  return sendAgain({ userId }, 'erase_account', places, form)
}

/** Cancels the erasure and leads to `/profile/done`. Never refused. */
export async function keepAccount(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(emptySchema, form, async () => {
    await cancelErasure(caller)
    redirect('/profile/done')
  })
}
