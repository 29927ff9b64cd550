import 'server-only'
import { cookies } from 'next/headers'
import type { LiveSession } from '@/lib/accounts'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import { isTicketOf, TICKET_SECONDS, type TicketUse } from '@/lib/platform/session-ticket'

/** Keeps the ticket that permits this session something for ten minutes. */
export async function keepTicket(use: TicketUse, ticket: string): Promise<void> {
  const options = { ...cookieOptions(), sameSite: 'strict', maxAge: TICKET_SECONDS } as const
  const jar = await cookies()
  jar.set(cookieName(use), ticket, options)
}

/** Whether this browser has a valid ticket of the session. */
export async function hasTicket(
  use: TicketUse,
  { sessionId }: LiveSession,
  now: Date,
): Promise<boolean> {
  const jar = await cookies()
  return isTicketOf(use, jar.get(cookieName(use))?.value ?? '', sessionId, now)
}
