import type { ServerResponse } from 'node:http'
import { log } from '@/lib/platform/log'
import { currentRequest, markUnavailable } from '@/lib/platform/response'

/**
 * The waits for one statement are bounded (`lib/platform/pool.ts`), but a request has several, and a
 * slow network makes each of them slow.
 */
const LIMIT_MS = 8_000

const UNAVAILABLE = 503

/**
 * Answers 503 for Next when it has not begun to answer within 8 s, and ignores what Next writes
 * later. `replaceErrorPages` must have been called before: it makes the page.
 */
export function answerInTime(response: ServerResponse, limitMs = LIMIT_MS): void {
  // Next puts its compression, which ends a response later, in front of this function.
  const { end } = response
  const answer = () => {
    if (response.headersSent) return
    log.error({ event: 'request_timeout', ...currentRequest() }, 'a request took too long')
    markUnavailable(response)
    response.statusCode = UNAVAILABLE
    Reflect.apply(end, response, [])
    ignoreMore(response)
  }
  const timer = setTimeout(answer, limitMs)
  response.once('close', () => clearTimeout(timer))
}

/** Node throws when a header is set after the response has begun. */
function ignoreMore(response: ServerResponse) {
  const ignore = () => response
  Object.assign(response, {
    writeHead: ignore,
    flushHeaders: ignore,
    setHeader: ignore,
    setHeaders: ignore,
    appendHeader: ignore,
    removeHeader: ignore,
    write: () => true,
    end: ignore,
  })
}
