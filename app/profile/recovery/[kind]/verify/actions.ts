'use server'

import { redirect } from 'next/navigation'
import type { AddressKind } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import { requestReverification, reverifyRecoveryAddress } from '@/lib/contacts'
import { codeSchema, emptySchema } from '../../../../_forms/code-schema'
import { endFlowOr } from '../../../../_forms/flow-end'
import { type FormState, submit } from '../../../../_forms/form'
import { currentCaller } from '../../../../_session/caller'
import { kindOf } from '../../kind'

/** From the profile: where it is refused, the screen has a button of its own that says why. */
export async function askForProof(kind: AddressKind): Promise<void> {
  await requestReverification(await currentCaller(screenOf(kind)), kindOf(kind))
  redirect(screenOf(kind))
}

export async function sendProof(
  kind: AddressKind,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const caller = await currentCaller(screenOf(kind))
  return submit(emptySchema, form, async () => {
    const outcome = await requestReverification(caller, kindOf(kind))
    if (!outcome.ok) return endFlowOr(outcome, '/profile')
    redirect(screenOf(kind))
  })
}

export async function submitProof(
  kind: AddressKind,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const caller = await currentCaller(screenOf(kind))
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await reverifyRecoveryAddress(caller, code)
    if (!outcome.ok) return endFlowOr(outcome, '/profile', { code: 'code' })
    redirect(`/profile?changed=${outcome.value > 0 ? 'rewarded' : 'reachable'}`)
  })
}

export async function resendProof(kind: AddressKind): Promise<FormState> {
  const { userId, origin, now } = await currentCaller(screenOf(kind))
  const outcome = await resendCode({ userId }, 'reverify_recovery', origin, now)
  if (!outcome.ok) return endFlowOr(outcome, '/profile')
  redirect(`${screenOf(kind)}?sent=again`)
}

const screenOf = (bound: AddressKind) => `/profile/recovery/${kindOf(bound)}/verify`
