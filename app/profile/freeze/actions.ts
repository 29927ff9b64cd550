'use server'

import { redirect } from 'next/navigation'
import { freezeOwnAccount } from '@/lib/recovery'
import { emptySchema } from '../../_lib/code-schema'
import { type FormState, submit } from '../../_lib/form'
import { requestOrigin } from '../../_lib/origin'
import { dropSession, requireSession } from '../../_lib/session'

export async function freezeOwn(_: FormState, form: FormData): Promise<FormState> {
  const { userId } = await requireSession('/profile/freeze')
  return submit(emptySchema, form, async () => {
    await freezeOwnAccount(userId, await requestOrigin(), new Date())
    await dropSession()
    redirect('/thaw?now=frozen')
  })
}
