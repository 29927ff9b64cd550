'use server'

import { redirect } from 'next/navigation'
import { snoozePopup } from '@/lib/accounts'
import { currentSession } from './_session/session'

/** "Tutup" on the pop-up: put off on the server, so on every device. */
export async function putOffPopup(): Promise<void> {
  const session = await currentSession()
  if (session) await snoozePopup(session.userId, new Date())
  redirect('/')
}
