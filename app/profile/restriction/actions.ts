'use server'

import { redirect } from 'next/navigation'
import { type Lifter, liftRestriction, requestLift } from '@/lib/account'
import { resendCode } from '@/lib/challenge'
import { codeSchema } from '../../_lib/code-schema'
import { stopped } from '../../_lib/ending'
import { type FormState, refused, submit } from '../../_lib/form'
import { requestOrigin } from '../../_lib/origin'
import { requireSession } from '../../_lib/session'
import { lifterSchema } from './schema'

export async function submitLifter(_: FormState, form: FormData): Promise<FormState> {
  const lifter = await currentLifter()
  return submit(lifterSchema, form, async ({ address }) => {
    const outcome = await requestLift(lifter, address)
    if (!outcome.ok) return refused(outcome)
    redirect('/profile/restriction/code')
  })
}

export async function submitLift(_: FormState, form: FormData): Promise<FormState> {
  const lifter = await currentLifter()
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await liftRestriction(lifter, code)
    if (!outcome.ok) return stopped(outcome, '/profile/restriction', { code: 'code' })
    redirect('/profile?changed=lifted')
  })
}

export async function resendLift(): Promise<FormState> {
  const { userId, origin, now } = await currentLifter()
  const outcome = await resendCode({ userId }, 'lift_restriction', origin, now)
  if (!outcome.ok) return stopped(outcome, '/profile/restriction')
  redirect('/profile/restriction/code?sent=again')
}

async function currentLifter(): Promise<Lifter> {
  const { userId, locale } = await requireSession('/profile/restriction')
  return { userId, locale, origin: await requestOrigin(), now: new Date() }
}
