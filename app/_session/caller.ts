import 'server-only'
import type { Caller } from '@/lib/accounts'
import { beginAction, currentPath } from '@/lib/platform/response'
import { keepDraft } from './draft'
import { requestOrigin } from './origin'
import { currentSession, requireSession } from './session'

/**
 * The caller of a server action: the signed-in customer, the session, and the origin of the
 * request. Without a session it redirects to the login, which returns to the page of the form, or to
 * `path` when the form was not posted to a page of the profile. What was typed in `form` is kept for
 * the customer of a session that has ended.
 */
export async function currentCaller(
  path: string,
  form?: FormData,
): Promise<Caller & { sessionId: string }> {
  beginAction()
  const own = currentPath()
  const page = own?.startsWith('/profile') ? own : path
  if (form && !(await currentSession())) await keepDraft(page, form)
  const { userId, sessionId, locale } = await requireSession(page)
  return { userId, sessionId, locale, origin: await requestOrigin(), now: new Date() }
}
