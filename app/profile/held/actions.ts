'use server'

import { redirect } from 'next/navigation'
import { vetoOwnHeld } from '@/lib/recovery'
import { type FormState, refused, submit } from '../../_forms/form'
import { passwordProofSchema } from '../../_forms/password-proof-schema'
import { currentCaller } from '../../_session/caller'

/**
 * Cancels the password that waits and leads to `/profile/done`; to the profile when none waits any more.
 * Refused at the password: `password_*` (missing, wrong, throttled).
 */
export async function submitCancelHeld(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller('/profile/held')
  return submit(passwordProofSchema, form, async ({ currentPassword }) => {
    const outcome = await vetoOwnHeld(caller, currentPassword)
    if (!outcome.ok) return refused(outcome, { password: 'currentPassword' })
    redirect('/profile/done')
  })
}
