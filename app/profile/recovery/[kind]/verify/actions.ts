'use server'

import { redirect } from 'next/navigation'
import type { AddressKind } from '@/lib/addresses'
import { requestReverification, reverifyRecoveryAddress } from '@/lib/contacts'
import { codeSchema, emptySchema } from '../../../../_forms/code-schema'
import { endFlowOr } from '../../../../_forms/flow-end'
import { type FormState, submit } from '../../../../_forms/form'
import { sendAgain } from '../../../../_forms/send-again'
import { currentCaller } from '../../../../_session/caller'
import { requireSession } from '../../../../_session/session'
import { kindOf } from '../../kind'

/**
 * Sends a code to a recovery address that is due for verification, for the button in the profile,
 * and leads to the code screen. A refusal is not shown: the code screen then has its own button,
 * and `sendProof` shows the reason.
 */
export async function askForProof(kind: AddressKind): Promise<void> {
  await requestReverification(await currentCaller(screenOf(kind)), kindOf(kind))
  redirect(screenOf(kind))
}

/**
 * Sends a code to a recovery address that is due for verification and comes back to the page, which
 * is then the code screen.
 * Refused above the button: `send_throttled`. `nothing_to_reverify` leads to the profile.
 */
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

/**
 * Records that the customer still reads the recovery address and leads to `/profile/done`, which
 * shows the points if some were credited.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). `challenge_gone`
 * and `nothing_to_reverify` lead to the profile.
 */
export async function submitProof(
  kind: AddressKind,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const caller = await currentCaller(screenOf(kind))
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await reverifyRecoveryAddress(caller, code)
    if (!outcome.ok) return endFlowOr(outcome, '/profile', { code: 'code' })
    redirect('/profile/done')
  })
}

/**
 * Sends another code and comes back to the code screen.
 * Refused above the button: `resend_too_early`, `send_throttled` and `code_exhausted`.
 * `challenge_gone` leads to the profile.
 */
export async function resendProof(
  kind: AddressKind,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const { userId } = await requireSession(screenOf(kind))
  const places = { screen: screenOf(kind), beginning: '/profile' }
  return sendAgain({ userId }, 'reverify_recovery', places, form)
}

const screenOf = (bound: AddressKind) => `/profile/recovery/${kindOf(bound)}/verify`
