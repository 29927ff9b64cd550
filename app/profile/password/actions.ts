'use server'

import { redirect } from 'next/navigation'
import { changePassword } from '@/lib/accounts'
import { type FormState, refused, submit } from '../../_forms/form'
import { requestOrigin } from '../../_session/origin'
import { keepSession, requireSession } from '../../_session/session'
import { passwordSchema } from './schema'

/** The refusals that are not shown at the field of the new password. */
const PLACES: Record<string, string | undefined> = {
  password_wrong: 'currentPassword',
  password_throttled: 'currentPassword',
  changes_throttled: undefined,
}

/**
 * Changes the password, ends every session, opens a new one in this browser and leads to the
 * profile.
 * Refused at the current password: `password_wrong`, `password_throttled`. Refused above the form:
 * `changes_throttled`. Refused at the new password: the other `password_*` (missing, same, too short, too long, common, close to the own name or
 * address).
 */
export async function submitPasswordChange(_: FormState, form: FormData): Promise<FormState> {
  const { userId } = await requireSession('/profile/password')
  return submit(passwordSchema, form, async ({ currentPassword, newPassword }) => {
    const change = {
      userId,
      current: currentPassword,
      next: newPassword,
      origin: await requestOrigin(),
      now: new Date(),
    }
    const outcome = await changePassword(change)
    if (!outcome.ok) return refused(outcome, placeOf(outcome.refusal))
    await keepSession(outcome.value)
    redirect('/profile/done')
  })
}

const placeOf = (refusal: string) => (refusal in PLACES ? PLACES[refusal] : 'newPassword')
