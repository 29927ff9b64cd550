'use server'

import { redirect } from 'next/navigation'
import { freezeOwnAccount } from '@/lib/recovery'
import { emptySchema } from '../../_forms/code-schema'
import { type FormState, submit } from '../../_forms/form'
import { requestOrigin } from '../../_session/origin'
import { dropSession, requireSession } from '../../_session/session'

/**
 * Freezes the customer's own account, signs out and leads to `/unfreeze`. Never refused; without a
 * session it leads to the login.
 */
export async function freezeOwn(_: FormState, form: FormData): Promise<FormState> {
  const { userId } = await requireSession('/profile/freeze')
  return submit(emptySchema, form, async () => {
    await freezeOwnAccount(userId, await requestOrigin(), new Date())
    await dropSession()
    redirect('/unfreeze?now=frozen')
  })
}
