'use server'

import { redirect } from 'next/navigation'
import { refuseAction } from '@/lib/platform/response'
import { vetoHeld } from '@/lib/recovery'
import { emptySchema } from '../_forms/code-schema'
import { type FormState, submit } from '../_forms/form'
import { requestOrigin } from '../_session/origin'

/**
 * Cancels the held password that the link of a notification belongs to, and leads back to the link's
 * page, which says what is true now, also when nothing could be cancelled. It needs no session.
 */
export async function stopPassword(
  token: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return submit(emptySchema, form, async () => {
    const outcome = await vetoHeld(String(token), await requestOrigin(), new Date())
    if (!outcome.ok) refuseAction()
    redirect(`/stop/${encodeURIComponent(token)}`)
  })
}
