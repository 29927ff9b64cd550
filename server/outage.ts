import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '@/lib/platform/log'
import en from '@/messages/en.json'
import id from '@/messages/outage.json'

const FAILED = 500
const REQUEST_ID = /^[\w-]{8,64}$/

/**
 * Answers a browser that asked for a page and would be given a failure of Next's: bare English text, or a page that is empty
 * without JavaScript. Next writes as to any response, compressed or not; from the moment that its status is 500 nothing of it is
 * sent, and our own page at the end.
 */
export function coverOutage(request: IncomingMessage, response: ServerResponse): void {
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
    response.setHeader('content-type', 'text/html; charset=utf-8')
    const nonce = randomUUID()
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'`,
    )
    Reflect.apply(writeHead, response, [FAILED])
    return Reflect.apply(end, response, [writePage(reference, nonce)])
  }
}

/**
 * The id of a request: that of the proxy in front of us, or a new one. It stands in the log line of whatever fails in the
 * request (instrumentation.ts), so it is the reference of a page that Next's own number does not reach.
 */
function identify({ headers }: IncomingMessage): string {
  const given = headers['x-request-id']
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
  headers['x-request-id'] = id
  return id
}

/** What a browser loads as a page, not what a script of ours fetches. */
function isForPage({ headers }: IncomingMessage) {
  const isFetched = 'rsc' in headers || 'next-action' in headers
  return !isFetched && (headers.accept ?? '').includes('text/html')
}

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;margin:0}main{max-width:32rem;margin:0 auto;padding:2rem 1rem}hr{margin:2rem 0}'

type Words = Omit<typeof id, 'title'>

function writePage(reference: string, nonce: string) {
  return `<!doctype html><html lang="id"><head><meta charset="utf-8"><title>${id.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<style nonce="${nonce}">${STYLE}</style></head>
<body><main>${writeWords('id', id, reference)}<hr>${writeWords('en', en.error, reference)}</main></body></html>\n`
}

function writeWords(
  language: string,
  { heading, text, reference: numbered, retry, home }: Words,
  reference: string,
) {
  return `<section lang="${language}"><h1>${heading}</h1><p>${text}</p><p>${numbered.replace('{reference}', reference)}</p>
<p><a href="">${retry}</a> · <a href="/">${home}</a></p></section>`
}
