'use server'

import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { releaseByCode, requestRelease } from '@/lib/recovery'
import { codeSchema, emptySchema } from '../../_forms/code-schema'
import { endFlowOr } from '../../_forms/flow-end'
import { type FormState, submit } from '../../_forms/form'
import { sendAgain } from '../../_forms/send-again'
import { challengeSecret, dropChallenge } from '../../_session/challenge-cookie'
import { requestOrigin } from '../../_session/origin'

/**
 * Sends a code to the recovery addresses and leads to `/reset/held/code`.
 * Refused above the button: `no_recovery`, `send_throttled`. `held_gone` leads back to `/reset`.
 */
export async function sendReleaseCode(_: FormState, form: FormData): Promise<FormState> {
  return submit(emptySchema, form, async () => {
    const [secret, locale] = [await challengeSecret('reset'), await getLocale()]
    const outcome = await requestRelease(secret, { locale, now: new Date() })
    if (!outcome.ok) return endFlowOr(outcome, '/reset')
    redirect('/reset/held/code')
  })
}

/**
 * Lets the held password take effect, ends every session and leads to `/reset/done`.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). `challenge_gone` and
 * `held_gone` lead back to `/reset`.
 */
export async function submitReleaseCode(_: FormState, form: FormData): Promise<FormState> {
  return submit(codeSchema, form, async ({ code }) => {
    const secret = await challengeSecret('reset')
    const outcome = await releaseByCode(secret, code, await requestOrigin(), new Date())
    if (!outcome.ok) return endFlowOr(outcome, '/reset', { code: 'code' })
    await dropChallenge('reset')
    redirect('/reset/done')
  })
}

/**
 * Sends another code and comes back to `/reset/held/code`.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`. `challenge_gone`
 * leads back to `/reset`.
 */
export async function resendReleaseCode(_: FormState, form: FormData): Promise<FormState> {
  const secret = await challengeSecret('reset')
  const places = { screen: '/reset/held/code', beginning: '/reset' }
  return sendAgain({ secret }, 'release_password', places, form)
}
