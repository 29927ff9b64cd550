'use server'

import type { SavedCodeShown } from '@/components/saved-code'
import { beginAction } from '@/lib/platform/response'
import { showOnce } from '@/lib/saved-codes'
import { madeCode } from '../_session/made-code'

/**
 * Shows the saved code that this browser has made, once: the answer alone has it. A second time, and
 * after 15 minutes, the answer says that it is gone.
 */
export async function showSavedCode(): Promise<SavedCodeShown> {
  beginAction()
  const code = await showOnce(await madeCode(), new Date())
  return code === undefined ? { isGone: true } : { code }
}
