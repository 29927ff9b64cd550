import 'server-only'
import type { Caller } from '@/lib/accounts'
import { requestOrigin } from './origin'
import { requireSession } from './session'

/**
 * Who calls a server action: the signed-in customer, the session, and where the request comes from. Anyone else is led to the
 * login, and from there back to `path`.
 */
export async function currentCaller(path: string): Promise<Caller & { sessionId: string }> {
  const { userId, sessionId, locale } = await requireSession(path)
  return { userId, sessionId, locale, origin: await requestOrigin(), now: new Date() }
}
