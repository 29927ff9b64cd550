'use server'

import { redirect } from 'next/navigation'
import type { Caller } from '@/lib/accounts'
import { resendCode } from '@/lib/challenges'
import { liftRestriction, requestLift } from '@/lib/recovery'
import { codeSchema } from '../../_forms/code-schema'
import { endFlowOr } from '../../_forms/flow-end'
import { type FormState, refused, submit } from '../../_forms/form'
import { requestOrigin } from '../../_session/origin'
import { requireSession } from '../../_session/session'
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
    if (!outcome.ok) return endFlowOr(outcome, '/profile/restriction', { code: 'code' })
    redirect('/profile?changed=lifted')
  })
}

export async function resendLift(): Promise<FormState> {
  const { userId, origin, now } = await currentLifter()
  const outcome = await resendCode({ userId }, 'lift_restriction', origin, now)
  if (!outcome.ok) return endFlowOr(outcome, '/profile/restriction')
  redirect('/profile/restriction/code?sent=again')
}

async function currentLifter(): Promise<Caller> {
  const { userId, locale } = await requireSession('/profile/restriction')
  return { userId, locale, origin: await requestOrigin(), now: new Date() }
}
