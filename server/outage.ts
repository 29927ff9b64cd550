import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '@/lib/platform/log'
import en from '@/messages/en.json'
import id from '@/messages/outage.json'
import { prepareErrorPage } from './error-page'

const FAILED = 500
const REQUEST_ID = /^[\w-]{8,64}$/

/**
 * Replaces Next's response of status 500 to a page request, which is plain English text or a page
 * that is empty without JavaScript, by a page of the product. Nothing that Next writes after it has
 * set the status 500 is sent.
 */
export function replaceErrorPages(request: IncomingMessage, response: ServerResponse): void {
  const reference = identify(request)
  if (!isForPage(request)) return
  const { writeHead, flushHeaders, write, end } = response
  const isFailed = () => response.statusCode === FAILED && !response.headersSent
  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (status !== FAILED) return Reflect.apply(writeHead, response, [status, ...rest])
    response.statusCode = FAILED
    return response
  }
  response.flushHeaders = () => isFailed() || Reflect.apply(flushHeaders, response, [])
  response.write = (...chunk: unknown[]) => isFailed() || Reflect.apply(write, response, chunk)
  response.end = (...chunk: unknown[]) => {
    if (!isFailed()) return Reflect.apply(end, response, chunk)
    log.error({ requestId: reference }, 'a page could not be answered')
    for (const name of response.getHeaderNames())
      if (/^(content-(?!security)|transfer-|etag|link|vary)/.test(name)) response.removeHeader(name)
    const page = prepareErrorPage(response, { title: id.title, id, en: en.error, reference })
    Reflect.apply(writeHead, response, [FAILED])
    return Reflect.apply(end, response, [page])
  }
}

/**
 * Returns the request id of the proxy in front, or a new one, and sets the header. Log lines of
 * failures contain it (instrumentation.ts), so the error page shows it as its reference.
 */
function identify({ headers }: IncomingMessage): string {
  const given = headers['x-request-id']
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
  headers['x-request-id'] = id
  return id
}

/** True for a page that a browser loads, false for requests of the product's scripts. */
function isForPage({ headers }: IncomingMessage) {
  const isFetched = 'rsc' in headers || 'next-action' in headers
  return !isFetched && (headers.accept ?? '').includes('text/html')
}
