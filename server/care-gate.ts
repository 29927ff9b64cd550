import type { IncomingMessage, ServerResponse } from 'node:http'
import { hasOwnCareHost, isCareHost } from '@/lib/platform/care-origin'
import { CARE_PATH, isCarePath, pathOf } from '@/lib/platform/care-paths'
import { hostOf } from './foreign'

const FOUND = 302

/**
 * What the host of the console serves besides its pages: files of the build, and what monitoring
 * asks.
 */
const SHARED = /^\/(?:_next\/|__nextjs|icon\.svg$|healthz$|readyz$)/

/** Server actions of the console, as `server/route-names.ts` names them. */
const CARE_ACTION = /^care\//

/**
 * Whether a path is served at the host of a request. `missing`: a page of the console at another
 * host, or while the console is not served, or any other page at its own host. `home`: the root of
 * that host.
 */
export function judgePath({ url = '', headers }: IncomingMessage): 'open' | 'missing' | 'home' {
  const path = pathOf(url)
  const isHere = isCareHost(hostOf(headers))
  if (isCarePath(path)) return isHere ? 'open' : 'missing'
  if (!isHere || !hasOwnCareHost()) return 'open'
  if (path === '/') return 'home'
  return SHARED.test(path) ? 'open' : 'missing'
}

/**
 * Whether a request names a server action of the console at a path of the shop, or the reverse.
 * Next runs an action at whatever path it is posted to.
 */
export function isStrayAction({ url = '' }: IncomingMessage, actions: readonly string[]): boolean {
  const isCare = isCarePath(pathOf(url))
  return actions.some((name) => name !== 'unknown' && CARE_ACTION.test(name) !== isCare)
}

/** Leads from the root of the host to the console. */
export function leadToConsole(response: ServerResponse): void {
  response.statusCode = FOUND
  response.setHeader('location', CARE_PATH)
  response.setHeader('cache-control', 'no-store')
  response.end()
}
