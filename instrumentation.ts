import type { Instrumentation } from 'next'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'

/**
 * Logs one line for every request that fails: in a page, an action, a route or the proxy. The error
 * page shows its `reference`; the page of `server/outage.ts` shows its `requestId`. `route` is the
 * pattern of the path, because the path can contain a token.
 */
export const onRequestError: Instrumentation.onRequestError = (
  error,
  { method, headers },
  context,
) => {
  log.error(
    {
      reference: digestOf(error),
      requestId: headers['x-request-id'],
      method,
      route: context.routePath.replace(/\/page$/, ''),
      routeType: context.routeType,
      error: reportError(error),
    },
    'a request failed',
  )
}

/** The digest that Next gives to an error, and sends to the browser in place of its message. */
const digestOf = (error: unknown) =>
  error instanceof Error && 'digest' in error ? String(error.digest) : undefined
