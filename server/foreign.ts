import type { IncomingMessage } from 'node:http'

/**
 * Whether a page of another site causes this request to change something (ASVS 5.0 3.5.1).
 * `Sec-Fetch-Site` and `Origin` are written by browsers, and scripts cannot set them. A browser
 * sends the first only over https and to localhost. A request with neither does not come from a
 * page: providers report receipts that way.
 */
export function isForeign({ method, headers }: IncomingMessage): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  const { origin } = headers
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  if (origin === undefined) return false
  if (origin === 'null') return site === undefined
  return !URL.canParse(origin) || new URL(origin).host !== hostOf(headers)
}

/**
 * Gives a request whose browser hides its origin (`Origin: null`) the origin of this site. Server
 * actions refuse any other. Call it only for a request that is not foreign.
 */
export function completeOrigin({ headers }: IncomingMessage): void {
  if (headers.origin === 'null') headers.origin = `https://${hostOf(headers)}`
}

/** The host that a request is for, after `cleanForwarding`. */
export const hostOf = (headers: IncomingMessage['headers']): string | undefined =>
  single(headers['x-forwarded-host'] ?? headers.host)

const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
