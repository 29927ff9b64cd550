import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const REQUEST_ID = /^[\w-]{8,64}$/

/**
 * Sets the header `x-request-id` to the id of the proxy in front, or to a new one. Log lines of the
 * request contain it, and the error page shows it as its reference.
 */
export function identify({ headers }: IncomingMessage): void {
  const given = headers['x-request-id']
  headers['x-request-id'] =
    typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}
