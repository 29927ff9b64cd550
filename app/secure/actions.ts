'use server'

import { redirect } from 'next/navigation'
import { freezeByLink, startUnfreezeByLink } from '@/lib/recovery'
import { emptySchema } from '../_forms/code-schema'
import { type FormState, refused, submit } from '../_forms/form'
import { keepChallenge } from '../_session/challenge-cookie'
import { requestOrigin } from '../_session/origin'

export async function freeze(token: string, _: FormState, form: FormData): Promise<FormState> {
  return submit(emptySchema, form, async () => {
    const outcome = await freezeByLink(String(token), await requestOrigin(), new Date())
    if (!outcome.ok) return refused(outcome)
    redirect(`/secure/${encodeURIComponent(token)}`)
  })
}

export async function beginUnfreeze(
  token: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return submit(emptySchema, form, async () => {
    const outcome = await startUnfreezeByLink(String(token), new Date())
    if (!outcome.ok) return refused(outcome)
    await keepChallenge('unfreeze', outcome.value.secret)
    redirect('/unfreeze')
  })
}
