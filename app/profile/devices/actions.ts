'use server'

import { redirect } from 'next/navigation'
import { endOtherSessions, endOwnSession } from '@/lib/accounts'
import { requestOrigin } from '../../_session/origin'
import { requireSession } from '../../_session/session'

export async function endDevice(form: FormData): Promise<void> {
  await endOwnSession(await currentCaller(), String(form.get('device')))
  redirect('/profile/devices?ended=one')
}

export async function endOtherDevices(): Promise<void> {
  await endOtherSessions(await currentCaller())
  redirect('/profile/devices?ended=others')
}

async function currentCaller() {
  const { userId, sessionId } = await requireSession('/profile/devices')
  return { userId, sessionId, origin: await requestOrigin(), now: new Date() }
}
