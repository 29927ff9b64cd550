'use server'

import { redirect } from 'next/navigation'
import { freezeByLink, startThawByLink } from '@/lib/recovery'
import { keepChallenge } from '../_lib/challenge-cookie'
import { emptySchema } from '../_lib/code-schema'
import { type FormState, refused, submit } from '../_lib/form'
import { requestOrigin } from '../_lib/origin'

export async function freeze(token: string, _: FormState, form: FormData): Promise<FormState> {
  return submit(emptySchema, form, async () => {
    const outcome = await freezeByLink(String(token), await requestOrigin(), new Date())
    if (!outcome.ok) return refused(outcome)
    redirect(`/secure/${encodeURIComponent(token)}`)
  })
}

export async function beginThaw(token: string, _: FormState, form: FormData): Promise<FormState> {
  return submit(emptySchema, form, async () => {
    const outcome = await startThawByLink(String(token), new Date())
    if (!outcome.ok) return refused(outcome)
    await keepChallenge('thaw', outcome.value.secret)
    redirect('/thaw')
  })
}
