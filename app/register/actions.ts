'use server'

import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { completeRegistration, startRegistration } from '@/lib/accounts'
import { parseEmail, parsePhone } from '@/lib/addresses'
import { confirmRegistrationEmail, requestRegistrationEmail } from '@/lib/contacts'
import { codeSchema } from '../_forms/code-schema'
import { endFlowOr } from '../_forms/flow-end'
import { type FormState, readProof, refused, submit } from '../_forms/form'
import { sendAgain } from '../_forms/send-again'
import { readVia } from '../_forms/via'
import { refuseWithoutCookies } from '../_session/accepted-cookies'
import { challengeSecret, dropChallenge, keepChallenge } from '../_session/challenge-cookie'
import { keepDeviceSecrets } from '../_session/device'
import { requestOrigin } from '../_session/origin'
import { keepSession } from '../_session/session'
import { dropIdentifier, keepIdentifier } from '../_session/typed-identifier'
import { registerSchema } from './schema'

/** Refusals of the e-mail's code after which there is nothing more to enter. */
const ENDED: readonly string[] = ['challenge_gone', 'nothing_to_confirm']

/**
 * Starts a registration: sends a code to the phone, by the channel of the pressed button, keeps the challenge in this browser and leads
 * to `/register/code`. An e-mail or phone that has an account already gets the same answer.
 * Refused at the field: what the schema or the parsers reject, and `name_*` and `password_*`
 * (missing, too long, too short, common, close to the own name or address). Refused above the form:
 * `proof_needed`, `send_throttled`, `cookies_blocked`.
 */
export async function submitRegistration(_: FormState, form: FormData): Promise<FormState> {
  return submit(registerSchema, form, async ({ name, password, ...typed }) => {
    const blocked = await refuseWithoutCookies()
    if (blocked) return refused(blocked)
    const email = parseEmail(typed.email)
    if (!email.ok) return refused(email, 'email')
    const phone = parsePhone(typed.phone)
    if (!phone.ok) return refused(phone, 'phone')
    const [locale, origin] = [await getLocale(), await requestOrigin()]
    const outcome = await startRegistration({
      name,
      email: email.value,
      phone: phone.value,
      password,
      phoneChannel: readVia(form),
      secret: await challengeSecret('register'),
      locale,
      origin,
      proof: readProof(form),
      now: new Date(),
    })
    if (!outcome.ok) return refused(outcome, { name: 'name', password: 'password' })
    await keepChallenge('register', outcome.value.secret)
    await keepIdentifier(typed.phone)
    redirect('/register/code')
  })
}

/**
 * Creates the account when the code is right, signs the browser in, sends a code to the e-mail of the
 * account and leads to `/register/email`, in the same way whether or not another account has the
 * e-mail. When too many codes were sent there, it leads to `/register/done`.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). `challenge_gone`
 * and `phone_taken` lead back to `/register`.
 */
export async function submitRegistrationCode(_: FormState, form: FormData): Promise<FormState> {
  return submit(codeSchema, form, async ({ code }) => {
    const [locale, origin, now] = [await getLocale(), await requestOrigin(), new Date()]
    const secret = await challengeSecret('register')
    const outcome = await completeRegistration(secret, code, origin, now)
    if (!outcome.ok) return endFlowOr(outcome, '/register', { code: 'code' })
    const { userId, email, session, deviceSecrets } = outcome.value
    await keepDeviceSecrets(deviceSecrets)
    await keepSession(session)
    await dropIdentifier()
    const asked = await requestRegistrationEmail({ userId, email, locale, origin, now })
    await (asked.ok ? keepChallenge('register', asked.value.secret) : dropChallenge('register'))
    redirect(asked.ok ? '/register/email' : '/register/done')
  })
}

/**
 * Confirms the e-mail of the account when the code is right and leads to `/register/done`. Refused
 * at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). Refused above the form:
 * `account_restricted`. `taken` leads to `/register/done`, which shows it. `challenge_gone` and
 * `nothing_to_confirm` lead there too: the page says what the account logs in with.
 */
export async function submitRegistrationEmailCode(
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return submit(codeSchema, form, async ({ code }) => {
    const origin = await requestOrigin()
    const secret = await challengeSecret('register')
    const outcome = await confirmRegistrationEmail(secret, code, { origin, now: new Date() })
    if (outcome.ok || ENDED.includes(outcome.refusal)) redirect('/register/done')
    return endFlowOr(outcome, '/register/done', { code: 'code' })
  })
}

/**
 * Sends another code and comes back to `/register/code`.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`.
 * `challenge_gone` leads back to `/register`.
 */
export async function resendRegistrationCode(_: FormState, form: FormData): Promise<FormState> {
  const secret = await challengeSecret('register')
  return sendAgain(
    { secret },
    'register',
    { screen: '/register/code', beginning: '/register' },
    form,
  )
}

/**
 * Sends another code to the e-mail and comes back to `/register/email`.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`.
 * `challenge_gone` leads to `/register/done`.
 */
export async function resendRegistrationEmailCode(
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const secret = await challengeSecret('register')
  const places = { screen: '/register/email', beginning: '/register/done' }
  return sendAgain({ secret }, 'verify_email', places, form)
}
