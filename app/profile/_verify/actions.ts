'use server'

import { redirect } from 'next/navigation'
import { type AddressSlot, requestReverification, reverifyAddress } from '@/lib/contacts'
import { codeSchema, emptySchema } from '../../_forms/code-schema'
import { endFlowOr } from '../../_forms/flow-end'
import { type FormState, submit } from '../../_forms/form'
import { sendAgain } from '../../_forms/send-again'
import { currentCaller } from '../../_session/caller'
import { requireSession } from '../../_session/session'
import { screenOf, slotOf } from './slot'

/**
 * Sends a code to an address that is due for verification, for the button in the profile, and leads to
 * the code screen. A refusal is not shown: the code screen then has its own button, and `sendProof`
 * shows the reason.
 */
export async function askForProof(bound: AddressSlot): Promise<void> {
  const slot = slotOf(bound)
  await requestReverification(await currentCaller(screenOf(slot)), slot)
  redirect(screenOf(slot))
}

/**
 * Sends a code to an address that is due for verification and comes back to the page, which is then
 * the code screen.
 * Refused above the button: `send_throttled`. `nothing_to_reverify` leads to the profile.
 */
export async function sendProof(
  bound: AddressSlot,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const slot = slotOf(bound)
  const caller = await currentCaller(screenOf(slot))
  return submit(emptySchema, form, async () => {
    const outcome = await requestReverification(caller, slot)
    if (!outcome.ok) return endFlowOr(outcome, '/profile')
    redirect(screenOf(slot))
  })
}

/**
 * Records that the customer still reads the address and leads to `/profile/done`, which shows the
 * points if some were credited.
 * Refused at the field: `code_*` (wrong, expired, exhausted, superseded, blocked). `challenge_gone`
 * and `nothing_to_reverify` lead to the profile.
 */
export async function submitProof(
  bound: AddressSlot,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const caller = await currentCaller(screenOf(slotOf(bound)))
  return submit(codeSchema, form, async ({ code }) => {
    const outcome = await reverifyAddress(caller, code)
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
  bound: AddressSlot,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const screen = screenOf(slotOf(bound))
  const { userId } = await requireSession(screen)
  return sendAgain({ userId }, 'reverify_recovery', { screen, beginning: '/profile' }, form)
}
