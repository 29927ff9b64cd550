'use server'

import { redirect } from 'next/navigation'
import { beginAction } from '@/lib/platform/response'
import { vetoOwnHeld } from '@/lib/recovery'
import { currentCaller } from '../../_session/caller'

/** Cancels the password that waits and leads to `/profile/done`; to the profile when none waits any more. */
export async function cancelHeld(): Promise<void> {
  beginAction()
  await vetoOwnHeld(await currentCaller('/profile'))
  redirect('/profile/done')
}
