'use server'

import { redirect } from 'next/navigation'
import { permitExport } from '@/lib/personal-data'
import { type FormState, refused, submit } from '../../_forms/form'
import { passwordProofSchema } from '../../_forms/password-proof-schema'
import { currentCaller } from '../../_session/caller'
import { keepTicket } from '../../_session/ticket'

/**
 * Permits the download of the data of the account and leads to the page with its links.
 * Refused at the password: `password_*` (missing, wrong, throttled). Refused above the form:
 * `account_restricted`, `export_throttled`, `challenge_gone`.
 */
export async function submitExport(_: FormState, form: FormData): Promise<FormState> {
  const caller = await currentCaller('/profile/export')
  return submit(passwordProofSchema, form, async ({ currentPassword }) => {
    const outcome = await permitExport(caller, currentPassword)
    if (!outcome.ok) return refused(outcome, { password: 'currentPassword' })
    await keepTicket('export', outcome.value.ticket)
    redirect('/profile/export/done')
  })
}
