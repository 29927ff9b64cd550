import 'server-only'
import type { Caller } from '@/lib/accounts'
import { beginAction } from '@/lib/platform/response'
import { requestOrigin } from './origin'
import { requireSession } from './session'

/**
 * The caller of a server action: the signed-in customer, the session, and the origin of the
 * request. Without a session it redirects to the login, which returns to `path` afterwards.
 */
export async function currentCaller(path: string): Promise<Caller & { sessionId: string }> {
  beginAction()
  const { userId, sessionId, locale } = await requireSession(path)
  return { userId, sessionId, locale, origin: await requestOrigin(), now: new Date() }
}
