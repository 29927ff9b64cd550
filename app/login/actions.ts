'use server'

import { redirect } from 'next/navigation'
import { logIn } from '@/lib/account'
import { deviceOrigin } from '../_lib/device'
import { type FormState, refused, submit } from '../_lib/form'
import { dropSession, keepSession } from '../_lib/session'
import { loginSchema } from './schema'

export async function submitLogin(_: FormState, form: FormData): Promise<FormState> {
  return submit(loginSchema, form, async ({ identifier, password, next }) => {
    const outcome = await logIn({ identifier, password, origin: await deviceOrigin(), now: new Date() })
    if (!outcome.ok) return refused(outcome)
    if ('frozenUserId' in outcome.value) redirect('/thaw')
    await keepSession(outcome.value.session)
    redirect(next)
  })
}

export async function logOut(): Promise<void> {
  await dropSession()
  redirect('/')
}
