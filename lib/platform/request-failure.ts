import { reportError } from './error-report'
import { log } from './log'
import { markUnavailable } from './response'
import { isDatabaseUnavailable } from './unavailable'

type FailedRequest = { method: string; headers: NodeJS.Dict<string | string[]> }
type Place = { routePath: string; routeType: string }

/**
 * Logs one line for a request that fails in a page, an action or a route. The customer sees its
 * `requestId`, or its `digest` on an error page that React renders. `route` is the pattern of the path,
 * because the path can contain a token. A request that fails because the database cannot be used is
 * answered 503.
 */
export function logRequestFailure(
  error: unknown,
  { method, headers }: FailedRequest,
  { routePath, routeType }: Place,
): void {
  if (isDatabaseUnavailable(error)) markUnavailable()
  log.error(
    {
      event: 'request_failed',
      requestId: headers['x-request-id'],
      digest: digestOf(error),
      method,
      route: routePath.replace(/\/page$/, ''),
      routeType,
      error: reportError(error),
    },
    'a request failed',
  )
}

/** The digest that Next gives to an error, and sends to the browser in place of its message. */
const digestOf = (error: unknown) =>
  error instanceof Error && 'digest' in error ? String(error.digest) : undefined
