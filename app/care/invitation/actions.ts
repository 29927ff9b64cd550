'use server'

import { redirect } from 'next/navigation'
import type { Begun } from '@/components/care/passkey'
import { beginAction, rejectArguments } from '@/lib/platform/response'
import { beginEnrolment, completeEnrolment } from '@/lib/support'
import { emptySchema } from '../../_forms/code-schema'
import { type FormState, refused, submit } from '../../_forms/form'
import { keepPasskeyChallenge } from '../_session/challenge-cookie'
import { requireCareHost } from '../_session/host'
import { readPasskey } from '../_session/passkey'

/** Asks for a new passkey of the person whom the link invites. Refused: `invitation_gone`. */
export async function askEnrolment(token: string): Promise<Begun> {
  await requireCareHost()
  if (typeof token !== 'string') rejectArguments('An action was called without a token')
  beginAction()
  const begun = await beginEnrolment(token, new Date())
  if (!begun.ok) return { refused: await refused(begun) }
  await keepPasskeyChallenge(begun.value.secret)
  return { create: begun.value.options }
}

/**
 * Stores the passkey of an invited person, and leads to a page that says what comes next. Refused
 * above the form: `passkey_refused`, `invitation_gone`.
 */
export async function submitEnrolment(_: FormState, form: FormData): Promise<FormState> {
  await requireCareHost()
  return submit(emptySchema, form, async () => {
    const outcome = await completeEnrolment(await readPasskey(form))
    if (!outcome.ok) return refused(outcome)
    redirect('/care/invitation/done')
  })
}
