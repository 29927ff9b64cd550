'use server'

import { redirect } from 'next/navigation'
import { freezeByLink, startUnfreezeByLink } from '@/lib/recovery'
import { emptySchema } from '../_forms/code-schema'
import { type FormState, refused, submit } from '../_forms/form'
import { refuseWithoutCookies } from '../_session/accepted-cookies'
import { keepChallenge } from '../_session/challenge-cookie'
import { requestOrigin } from '../_session/origin'

/**
 * Freezes the account that the link of a notification belongs to, and leads back to the link's
 * page, which then offers to unfreeze. It needs no session.
 * Refused above the button: `link_unknown`, `link_expired`, `link_closed`.
 */
export async function freeze(token: string, _: FormState, form: FormData): Promise<FormState> {
  return submit(emptySchema, form, async () => {
    const outcome = await freezeByLink(String(token), await requestOrigin(), new Date())
    if (!outcome.ok) return refused(outcome)
    redirect(`/secure/${encodeURIComponent(token)}`)
  })
}

/**
 * Starts to unfreeze the account that the link belongs to: keeps the challenge in this browser and
 * leads to `/unfreeze`.
 * Refused above the button: `link_unknown`, `link_expired`, `link_closed`, `not_frozen`,
 * `unfreeze_throttled`, `cookies_blocked`.
 */
export async function beginUnfreeze(
  token: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return submit(emptySchema, form, async () => {
    const blocked = await refuseWithoutCookies()
    if (blocked) return refused(blocked)
    const outcome = await startUnfreezeByLink(String(token), new Date())
    if (!outcome.ok) return refused(outcome)
    await keepChallenge('unfreeze', outcome.value.secret)
    redirect('/unfreeze')
  })
}
