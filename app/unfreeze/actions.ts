'use server'

import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { resendCode } from '@/lib/challenges'
import { refuse } from '@/lib/platform/result'
import { completeThaw, findThaw, passThaw, requestThawCode, type ThawPurpose } from '@/lib/recovery'
import { codeSchema } from '../_forms/code-schema'
import { stopped } from '../_forms/flow-end'
import { type FormState, submit } from '../_forms/form'
import { challengeSecret, dropChallenge } from '../_session/challenge-cookie'
import { requestOrigin } from '../_session/origin'
import { reviewSchema, slotSchema } from './schema'

export async function submitSlot(_: FormState, form: FormData): Promise<FormState> {
  return submit(slotSchema, form, async ({ slot }) => {
    const [secret, locale, origin] = [
      await challengeSecret('thaw'),
      await getLocale(),
      await requestOrigin(),
    ]
    const outcome = await requestThawCode({ secret, slot, locale, origin, now: new Date() })
    if (!outcome.ok) return stopped(outcome, '/unfreeze')
    redirect('/unfreeze/code')
  })
}

export async function submitThawCode(
  purpose: ThawPurpose,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return submit(codeSchema, form, async ({ code }) => {
    const secret = await challengeSecret('thaw')
    const outcome = await passThaw(
      secret,
      purposeOf(purpose),
      code,
      await requestOrigin(),
      new Date(),
    )
    if (!outcome.ok) return stopped(outcome, '/unfreeze', { code: 'code' })
    redirect('/unfreeze')
  })
}

export async function resendThawCode(purpose: ThawPurpose): Promise<FormState> {
  const secret = await challengeSecret('thaw')
  const outcome = await resendCode(
    { secret },
    purposeOf(purpose),
    await requestOrigin(),
    new Date(),
  )
  if (!outcome.ok) return stopped(outcome, '/unfreeze')
  redirect('/unfreeze/code?sent=again')
}

export async function submitReview(_: FormState, form: FormData): Promise<FormState> {
  const [secret, now] = [await challengeSecret('thaw'), new Date()]
  const thaw = await findThaw(secret, now)
  if (thaw?.step !== 'review') return stopped(refuse('thaw_gone'), '/unfreeze')
  return submit(
    reviewSchema(thaw.disputed.map(({ slot }) => slot)),
    form,
    async ({ newPassword = '', ...decisions }) => {
      const outcome = await completeThaw({
        secret,
        decisions,
        password: newPassword,
        origin: await requestOrigin(),
        now,
      })
      if (!outcome.ok) return stopped(outcome, '/unfreeze', { password: 'newPassword' })
      await dropChallenge('thaw')
      redirect('/unfreeze/done')
    },
  )
}

/** What is bound to an action comes back from the browser, so it is read like anything typed. */
const purposeOf = (bound: ThawPurpose): ThawPurpose =>
  bound === 'thaw_second' ? 'thaw_second' : 'thaw_first'
