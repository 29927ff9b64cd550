'use server'

import { redirect } from 'next/navigation'
import { snoozePopup } from '@/lib/account'
import { currentSession } from './_lib/session'

/** "Tutup" on the pop-up: put off on the server, so on every device. */
export async function putOffPopup(): Promise<void> {
  const session = await currentSession()
  if (session) await snoozePopup(session.userId, new Date())
  redirect('/')
}
