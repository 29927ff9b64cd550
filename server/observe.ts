import type { IncomingMessage, ServerResponse } from 'node:http'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { metrics } from '@/lib/platform/metrics'
import { hasRefusedAction } from '@/lib/platform/response'
import type { RouteNames } from './route-names'

const METHODS = ['GET', 'HEAD', 'POST']

/**
 * Measures a request until its answer is sent or its client has gone away, by the pattern of its
 * path, and logs it with ACCESS_LOG=on. The returned function names the server action that it calls.
 */
export function observe(
  request: IncomingMessage,
  response: ServerResponse,
  { routeOf, actionOf }: RouteNames,
): (form: FormData) => void {
  const startedAt = performance.now()
  const { method = '', url } = request
  const route = routeOf(url)
  let action: string | undefined
  response.once('close', () => {
    const milliseconds = performance.now() - startedAt
    const { statusCode, writableFinished } = response
    const status = writableFinished ? statusCode : 0
    const labels = {
      method: METHODS.includes(method) ? method : 'other',
      route,
      status: status === 0 ? 'closed' : `${Math.floor(status / 100)}xx`,
    }
    metrics.requests.observe(labels, milliseconds / 1_000)
    const outcome = action && outcomeOf(response, status)
    if (action && outcome) metrics.actions.observe({ action, outcome }, milliseconds / 1_000)
    if (env().ACCESS_LOG === 'on')
      log.info({
        event: 'request',
        requestId: request.headers['x-request-id'],
        method: labels.method,
        route,
        status,
        durationMs: Math.round(milliseconds),
        ...(action && { action, outcome }),
      })
  })
  return (form) => {
    action = request.method === 'POST' ? actionOf(request, form) : undefined
  }
}

function outcomeOf(response: ServerResponse, status: number) {
  if (status === 0 || status >= 500) return 'failed'
  if (status >= 400) return 'rejected'
  return hasRefusedAction(response) ? 'refused' : 'succeeded'
}
