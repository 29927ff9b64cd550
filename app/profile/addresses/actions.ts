'use server'

import { redirect } from 'next/navigation'
import { permitReveal } from '@/lib/contacts'
import { type FormState, refused, submit } from '../../_forms/form'
import { passwordProofSchema } from '../../_forms/password-proof-schema'
import { currentCaller } from '../../_session/caller'
import { keepTicket } from '../../_session/ticket'

const SCREEN = '/profile/addresses'

/**
 * Shows the addresses of the account in full when the log-in is younger than ten minutes, for the
 * button in the profile. The page then shows them; otherwise it asks for the password, or says why
 * it cannot show them.
 */
export async function showAddresses(): Promise<void> {
  const caller = await currentCaller(SCREEN)
  const outcome = await permitReveal(caller)
  if (outcome.ok) await keepTicket('addresses', outcome.value.ticket)
  redirect(SCREEN)
}

/**
 * Shows the addresses of the account in full to a customer who knows the password.
 * Refused at the password: `password_*` (missing, wrong, throttled). Refused above the form:
 * `account_restricted`, `challenge_gone`.
 */
export async function submitPasswordForAddresses(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller(SCREEN)
  return submit(passwordProofSchema, form, async ({ currentPassword }) => {
    const outcome = await permitReveal(caller, currentPassword)
    if (!outcome.ok) return refused(outcome, { password: 'currentPassword' })
    await keepTicket('addresses', outcome.value.ticket)
    redirect(SCREEN)
  })
}
