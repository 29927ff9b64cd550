import 'server-only'
import { requireSession } from '../../_session/session'
import { hasTicket } from '../../_session/ticket'

/**
 * The signed-in customer who may download the data of the account now; null without a valid ticket
 * of this session. Without a session it redirects to the login.
 */
export async function findExporter(now: Date) {
  const session = await requireSession('/profile/export')
  return (await hasTicket('export', session, now)) ? session : null
}
