'use server'

import { redirect } from 'next/navigation'
import type { Begun } from '@/components/care/passkey'
import { beginAction } from '@/lib/platform/response'
import { beginSignIn, completeSignIn } from '@/lib/support'
import { emptySchema } from '../../_forms/code-schema'
import { type FormState, refused, submit } from '../../_forms/form'
import { requestOrigin } from '../../_session/origin'
import { keepPasskeyChallenge } from '../_session/challenge-cookie'
import { requireCareHost } from '../_session/host'
import { readPasskey } from '../_session/passkey'
import { keepStaffSession } from '../_session/staff'

/** Asks for a signature of any passkey of the console. Refused: `passkey_throttled`. */
export async function askSignIn(): Promise<Begun> {
  await requireCareHost()
  beginAction()
  const begun = await beginSignIn(await requestOrigin(), new Date())
  if (!begun.ok) return { refused: await refused(begun) }
  await keepPasskeyChallenge(begun.value.secret)
  return { get: begun.value.options }
}

/**
 * Signs the owner of the passkey in, and leads to the first page of the console. Refused above the
 * form: `passkey_refused`.
 */
export async function submitSignIn(_: FormState, form: FormData): Promise<FormState> {
  await requireCareHost()
  return submit(emptySchema, form, async () => {
    const origin = await requestOrigin()
    const outcome = await completeSignIn({ ...(await readPasskey(form)), origin })
    if (!outcome.ok) return refused(outcome)
    await keepStaffSession(outcome.value)
    redirect('/care')
  })
}
