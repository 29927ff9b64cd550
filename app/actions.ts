'use server'

import { redirect } from 'next/navigation'
import { snoozePopup } from '@/lib/accounts'
import { beginAction } from '@/lib/platform/response'
import { currentSession } from './_session/session'

/**
 * Closes the pop-up of the home page for this customer, on every device, and leads back to the home
 * page. Never refused; without a session it only leads back.
 */
export async function putOffPopup(): Promise<void> {
  beginAction()
  const session = await currentSession()
  if (session) await snoozePopup(session.userId, new Date())
  redirect('/')
}
