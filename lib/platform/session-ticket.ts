import { isSameHash, keyedHash, keyedHashes } from './crypto'

/** For so long a ticket permits its session what it was made for. */
export const TICKET_SECONDS = 10 * 60

/** What a ticket permits: to download the data of the account, or to see its addresses in full. */
export type TicketUse = 'export' | 'addresses'

/** Makes a ticket for the cookie of a session, which is valid for ten minutes. */
export function makeTicket(use: TicketUse, sessionId: string, now: Date): string {
  const end = String(now.getTime() + TICKET_SECONDS * 1_000)
  return `${end}.${keyedHash(textOf(sessionId, end), contextOf(use))}`
}

/** Whether a ticket is valid now, for this use and this session. */
export function isTicketOf(use: TicketUse, ticket: string, sessionId: string, now: Date): boolean {
  const [end = '', hash = ''] = ticket.split('.')
  if (!/^\d{1,15}$/.test(end) || Number(end) <= now.getTime()) return false
  return keyedHashes(textOf(sessionId, end), contextOf(use)).some((own) => isSameHash(own, hash))
}

const contextOf = (use: TicketUse) => `${use}.ticket`

const textOf = (sessionId: string, end: string) => JSON.stringify([sessionId, end])
