'use server'

import { redirect } from 'next/navigation'
import { endOtherSessions, endOwnSession } from '@/lib/accounts'
import { currentCaller } from '../../_session/caller'

const SCREEN = '/profile/devices'

/**
 * Ends one of the customer's own sessions and comes back to the list. Never refused; an unknown id
 * or one of somebody else ends nothing.
 */
export async function endDevice(form: FormData): Promise<void> {
  const sessionId = String(form.get('device'))
  await endOwnSession(await currentCaller(SCREEN), sessionId)
  redirect(`${SCREEN}?ended=one`)
}

/**
 * Ends every session of the customer but the present one and comes back to the list. Never refused.
 */
export async function endOtherDevices(): Promise<void> {
  await endOtherSessions(await currentCaller(SCREEN))
  redirect(`${SCREEN}?ended=others`)
}
