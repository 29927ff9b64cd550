import type { Instrumentation } from 'next'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'

/**
 * Logs one line for every request that fails, whether a page, an action, a route or the proxy threw. The customer is shown its
 * `reference`, or its `requestId` where no page of React could be drawn (see server/outage.ts). `route` is the pattern of the
 * path: the path itself can hold a token.
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

/** The number that Next gives an error of a page, and shows the browser in place of the error. */
const digestOf = (error: unknown) =>
  error instanceof Error && 'digest' in error ? String(error.digest) : undefined
