'use server'

import { redirect } from 'next/navigation'
import { resendCode } from '@/lib/challenges'
import { liftRestriction, requestLift } from '@/lib/recovery'
import { codeSchema } from '../../_forms/code-schema'
import { endFlowOr } from '../../_forms/flow-end'
import { type FormState, refused, submit } from '../../_forms/form'
import { currentCaller } from '../../_session/caller'
import { lifterSchema } from './schema'

const BEGINNING = '/profile/restriction'

export async function submitLifter(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(lifterSchema, form, async ({ address }) => {
    const outcome = await requestLift(caller, address)
    if (!outcome.ok) return refused(outcome)
    redirect('/profile/restriction/code')
  })
}

export async function submitLift(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(BEGINNING)
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await liftRestriction(caller, code)
    if (!outcome.ok) return endFlowOr(outcome, BEGINNING, { code: 'code' })
    redirect('/profile?changed=lifted')
  })
}

export async function resendLift(): Promise<FormState> {
  const { userId, origin, now } = await currentCaller(BEGINNING)
  const outcome = await resendCode({ userId }, 'lift_restriction', origin, now)
  if (!outcome.ok) return endFlowOr(outcome, BEGINNING)
  redirect('/profile/restriction/code?sent=again')
}
