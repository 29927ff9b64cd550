'use server'

import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { completeRegistration, startRegistration } from '@/lib/accounts'
import { parseEmail, parsePhone } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import { codeSchema } from '../_forms/code-schema'
import { endFlowOr } from '../_forms/flow-end'
import { type FormState, refused, submit } from '../_forms/form'
import { challengeSecret, dropChallenge, keepChallenge } from '../_session/challenge-cookie'
import { requestOrigin } from '../_session/origin'
import { registerSchema } from './schema'

export async function submitRegistration(_: FormState, form: FormData): Promise<FormState> {
  return submit(registerSchema, form, async ({ name, password, ...typed }) => {
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
      locale,
      origin,
      now: new Date(),
    })
    if (!outcome.ok) return refused(outcome, { name: 'name', password: 'password' })
    await keepChallenge('register', outcome.value.secret)
    redirect('/register/code')
  })
}

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

export async function resendRegistrationCode(): Promise<FormState> {
  const secret = await challengeSecret('register')
  const outcome = await resendCode({ secret }, 'register', await requestOrigin(), new Date())
  if (!outcome.ok) return endFlowOr(outcome, '/register')
  redirect('/register/code?sent=again')
}
