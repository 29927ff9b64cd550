'use server'

import { redirect } from 'next/navigation'
import { logIn } from '@/lib/accounts'
import { startThaw } from '@/lib/recovery'
import { type FormState, refused, submit } from '../_forms/form'
import { keepChallenge } from '../_session/challenge-cookie'
import { deviceOrigin } from '../_session/device'
import { dropSession, keepSession } from '../_session/session'
import { loginSchema } from './schema'

export async function submitLogin(_: FormState, form: FormData): Promise<FormState> {
  return submit(loginSchema, form, async ({ identifier, password, next }) => {
    const outcome = await logIn({
      identifier,
      password,
      origin: await deviceOrigin(),
      now: new Date(),
    })
    if (!outcome.ok) return refused(outcome)
    if ('frozenUserId' in outcome.value) return leadToThaw(outcome.value.frozenUserId)
    await keepSession(outcome.value.session)
    redirect(next)
  })
}

/** The password of a frozen account opens nothing but the way to open it again. */
async function leadToThaw(userId: string): Promise<never> {
  const outcome = await startThaw(userId, new Date())
  if (outcome.ok) await keepChallenge('thaw', outcome.value.secret)
  redirect(outcome.ok ? '/unfreeze' : '/login')
}

export async function logOut(): Promise<void> {
  await dropSession()
  redirect('/')
}
