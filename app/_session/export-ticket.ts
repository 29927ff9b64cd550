import 'server-only'
import { cookies } from 'next/headers'
import { mayExport, TICKET_SECONDS } from '@/lib/personal-data'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import { requireSession } from './session'

const NAME = 'export'

/** Keeps the ticket that permits the download of the data of the account. */
export async function keepExportTicket(ticket: string): Promise<void> {
  const options = { ...cookieOptions(), sameSite: 'strict', maxAge: TICKET_SECONDS } as const
  const jar = await cookies()
  jar.set(cookieName(NAME), ticket, options)
}

/**
 * The signed-in customer who may download the data of the account now; null without a valid ticket
 * of this session. Without a session it redirects to the login.
 */
export async function findExporter(now: Date) {
  const session = await requireSession('/profile/export')
  const jar = await cookies()
  const ticket = jar.get(cookieName(NAME))?.value ?? ''
  return mayExport(ticket, session, now) ? session : null
}
