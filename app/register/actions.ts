'use server'

import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { completeRegistration, startRegistration } from '@/lib/accounts'
import { parseEmail, parsePhone } from '@/lib/addresses'
import { codeSchema } from '../_forms/code-schema'
import { endFlowOr } from '../_forms/flow-end'
import { type FormState, readProof, refused, submit } from '../_forms/form'
import { sendAgain } from '../_forms/send-again'
import { refuseWithoutCookies } from '../_session/accepted-cookies'
import { challengeSecret, dropChallenge, keepChallenge } from '../_session/challenge-cookie'
import { requestOrigin } from '../_session/origin'
import { registerSchema } from './schema'

/**
 * Starts a registration: sends a code to the phone, keeps the challenge in this browser and leads
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
      secret: await challengeSecret('register'),
      locale,
      origin,
      proof: readProof(form),
      now: new Date(),
    })
    if (!outcome.ok) return refused(outcome, { name: 'name', password: 'password' })
    await keepChallenge('register', outcome.value.secret)
    redirect('/register/code')
  })
}

/**
 * Creates the account when the code is right and leads to `/register/done`.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). `challenge_gone`
 * leads back to `/register`.
 */
export async function submitRegistrationCode(_: FormState, form: FormData): Promise<FormState> {
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await completeRegistration(
      await challengeSecret('register'),
      code,
      await requestOrigin(),
      new Date(),
    )
    if (!outcome.ok) return endFlowOr(outcome, '/register', { code: 'code' })
    await dropChallenge('register')
    redirect('/register/done')
  })
}

/**
 * Sends another code and comes back to `/register/code`.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`.
 * `challenge_gone` leads back to `/register`.
 */
export async function resendRegistrationCode(): Promise<FormState> {
  const secret = await challengeSecret('register')
  return sendAgain({ secret }, 'register', { screen: '/register/code', beginning: '/register' })
}
