'use server'

import { redirect } from 'next/navigation'
import { endOtherSessions, endOwnSession } from '@/lib/accounts'
import { currentCaller } from '../../_session/caller'

const SCREEN = '/profile/devices'

export async function endDevice(form: FormData): Promise<void> {
  await endOwnSession(await currentCaller(SCREEN), String(form.get('device')))
  redirect(`${SCREEN}?ended=one`)
}

export async function endOtherDevices(): Promise<void> {
  await endOtherSessions(await currentCaller(SCREEN))
  redirect(`${SCREEN}?ended=others`)
}
