'use server'

import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { parseIdentifier } from '@/lib/addresses'
import { completeReset, passReset, startReset, startResetByLink } from '@/lib/recovery'
import { codeSchema } from '../_forms/code-schema'
import { endFlowOr } from '../_forms/flow-end'
import { type FormState, readProof, refused, submit } from '../_forms/form'
import { savedCodeSchema } from '../_forms/saved-code-schema'
import { asSavedCode } from '../_forms/saved-code-step'
import { sendAgain } from '../_forms/send-again'
import { refuseWithoutCookies } from '../_session/accepted-cookies'
import { challengeSecret, dropChallenge, keepChallenge } from '../_session/challenge-cookie'
import { dropMade, keepMade } from '../_session/made-code'
import { requestOrigin } from '../_session/origin'
import { keepIdentifier } from '../_session/typed-identifier'
import { newPasswordSchema, type ResetWish, resetLinkSchema, resetSchema } from './schema'

/**
 * Starts a reset: sends a code to the chosen addresses, or asks for the saved code, keeps the
 * challenge in this browser and leads to `/reset/code`. An unknown account gets the same answer, and no
 * code. The same request again within the pause sends no second code. The pages that ask for the
 * identifier show it from then on: this one for another way, and the login after the reset.
 * Refused at the field: an identifier that is neither an e-mail address nor a mobile number, and
 * `choice_missing`. Refused above the form: `proof_needed`, `send_throttled`, `cookies_blocked`.
 */
export async function submitReset(_: FormState, form: FormData): Promise<FormState> {
  return submit(resetSchema, form, async ({ identifier, choice }) => {
    const blocked = await refuseWithoutCookies()
    if (blocked) return refused(blocked)
    const parsed = parseIdentifier(identifier)
    if (!parsed.ok) return refused(parsed, 'identifier')
    const [locale, origin] = [await getLocale(), await requestOrigin()]
    const outcome = await startReset({
      identifier: parsed.value,
      ...pathOf(choice),
      secret: await challengeSecret('reset'),
      locale,
      origin,
      proof: readProof(form),
      now: new Date(),
    })
    if (!outcome.ok) return refused(outcome)
    await keepChallenge('reset', outcome.value.secret)
    await keepIdentifier(identifier)
    redirect('/reset/code')
  })
}

/** SMS and WhatsApp lead to the same number, and share its attempts. */
const pathOf = (choice: ResetWish) =>
  choice === 'primary_whatsapp'
    ? ({ choice: 'primary_phone', phoneChannel: 'whatsapp' } as const)
    : { choice }

/**
 * Starts a reset for the holder of the link in a notification and leads to `/reset/code`.
 * Refused at the field: `choice_missing`. Refused above the form: `reset_link_gone`,
 * `send_throttled`, `cookies_blocked`.
 */
export async function submitLinkReset(
  token: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return submit(resetLinkSchema, form, async ({ choice }) => {
    const blocked = await refuseWithoutCookies()
    if (blocked) return refused(blocked)
    const [locale, origin] = [await getLocale(), await requestOrigin()]
    const secret = await challengeSecret('reset')
    const beginning = { ...pathOf(choice), secret, locale, origin, now: new Date() }
    const outcome = await startResetByLink(String(token), beginning)
    if (!outcome.ok) return refused(outcome)
    await keepChallenge('reset', outcome.value.secret)
    redirect('/reset/code')
  })
}

/**
 * Passes the challenge of the reset, renews its secret in this browser and leads to
 * `/reset/password`.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). `challenge_gone`
 * leads back to `/reset`.
 */
export async function submitResetCode(_: FormState, form: FormData): Promise<FormState> {
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await passReset(
      await challengeSecret('reset'),
      code,
      await requestOrigin(),
      new Date(),
    )
    if (!outcome.ok) return endFlowOr(outcome, '/reset', { code: 'code' })
    await keepChallenge('reset', outcome.value.secret)
    redirect('/reset/password')
  })
}

/**
 * Passes the challenge with the saved code instead. Refused at the field: `saved_code_*` (missing,
 * malformed, wrong, expired, exhausted). `challenge_gone` leads back to `/reset`.
 */
export async function submitResetSavedCode(_: FormState, form: FormData): Promise<FormState> {
  return submit(savedCodeSchema, form, async ({ savedCode }) => {
    const secret = await challengeSecret('reset')
    const outcome = await passReset(secret, savedCode, await requestOrigin(), new Date())
    if (!outcome.ok) return endFlowOr(asSavedCode(outcome), '/reset', { saved: 'savedCode' })
    await keepChallenge('reset', outcome.value.secret)
    redirect('/reset/password')
  })
}

/**
 * Sends another code and comes back to `/reset/code`.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`.
 * `challenge_gone` leads back to `/reset`.
 */
export async function resendResetCode(_: FormState, form: FormData): Promise<FormState> {
  const secret = await challengeSecret('reset')
  return sendAgain(
    { secret },
    'reset_password',
    { screen: '/reset/code', beginning: '/reset' },
    form,
  )
}

/**
 * Sets the new password, ends every session and leads to `/reset/done`, which shows the code that
 * replaces a saved one. A password that is held leads to `/reset/held`.
 * Refused at the field: `password_*` (missing, too short, too long, common, close to the own name
 * or address). `challenge_gone` leads back to `/reset`.
 */
export async function submitNewPassword(_: FormState, form: FormData): Promise<FormState> {
  return submit(newPasswordSchema, form, async ({ newPassword }) => {
    const secret = await challengeSecret('reset')
    const outcome = await completeReset({
      secret,
      password: newPassword,
      origin: await requestOrigin(),
      now: new Date(),
    })
    if (!outcome.ok) return endFlowOr(outcome, '/reset', { password: 'newPassword' })
    if (outcome.value.kind === 'held') {
      await keepChallenge('reset', secret, outcome.value.waitSeconds)
      redirect('/reset/held')
    }
    await dropChallenge('reset')
    const { savedCode } = outcome.value
    if (savedCode) await keepMade(savedCode)
    else await dropMade()
    redirect('/reset/done')
  })
}
