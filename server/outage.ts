import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '@/lib/platform/log'
import { hasBegunAction } from '@/lib/platform/response'
import { logSecurity } from '@/lib/platform/security-log'
import { type Fault, prepareErrorPage } from './error-page'

const BAD_REQUEST = 400
const CONFLICT = 409
const FAILED = 500

/** The fields whose values the page of an outdated form repeats. Passwords and codes are not among them. */
const REPEATED_FIELDS = ['name', 'email', 'phone', 'identifier']

/**
 * Replaces Next's answer to a page request that failed (500), or whose server action it could not
 * read (400) or does not know (409), by a page of the product. Next's own is plain English text, or
 * a page that is empty without JavaScript. Nothing that Next writes after it has set such a status
 * is sent. An action that fails before it has accepted its arguments was called with bad ones, so
 * its status 500 becomes 400, for scripts too. `form` is the posted form.
 */
export function replaceErrorPages(
  request: IncomingMessage,
  response: ServerResponse,
  form = new FormData(),
): void {
  const reference = String(request.headers['x-request-id'])
  const isPage = isForPage(request)
  const isAction = postsAction(request, form)
  const { writeHead, flushHeaders, write, end } = response
  const isPost = request.method === 'POST'
  const faultNow = () => {
    const isFailed = response.statusCode === FAILED
    if (isFailed && isAction && !hasBegunAction(response)) response.statusCode = BAD_REQUEST
    return isPage && !response.headersSent ? faultOf(response, isPost) : undefined
  }
  response.writeHead = (status: number, ...rest: unknown[]) => {
    response.statusCode = status
    return faultNow()
      ? response
      : Reflect.apply(writeHead, response, [response.statusCode, ...rest])
  }
  response.flushHeaders = () => faultNow() || Reflect.apply(flushHeaders, response, [])
  response.write = (...chunk: unknown[]) => !!faultNow() || Reflect.apply(write, response, chunk)
  response.end = (...chunk: unknown[]) => {
    const fault = faultNow()
    reportMalformed(response)
    if (!fault) return Reflect.apply(end, response, chunk)
    if (fault === 'outage') log.error({ requestId: reference }, 'a page could not be answered')
    for (const name of response.getHeaderNames())
      if (/^(content-(?!security)|transfer-|etag|link|vary|x-nextjs)/.test(name))
        response.removeHeader(name)
    const page = prepareErrorPage(response, fault, { reference, typed: typedIn(form) })
    Reflect.apply(writeHead, response, [response.statusCode])
    return Reflect.apply(end, response, [page])
  }
}

/** Logs a post that was not answered because of what it contained. */
function reportMalformed(response: ServerResponse) {
  const fault = faultOf(response, response.req.method === 'POST')
  if (fault && fault !== 'outage') logSecurity('input_validation_fail', { reason: fault })
}

/** What a status of Next means. To a GET, 400 says that the URL is not readable. */
function faultOf(response: ServerResponse, isPost: boolean): Fault | undefined {
  if (response.statusCode === FAILED) return 'outage'
  if (response.statusCode === BAD_REQUEST && isPost) return 'malformed'
  return response.statusCode === CONFLICT ? 'outdated' : undefined
}

const typedIn = (form: FormData) =>
  REPEATED_FIELDS.flatMap((name) => form.getAll(name)).filter((value) => typeof value === 'string')

/** Whether a request calls a server action: a script by a header, a form by its fields. */
const postsAction = ({ headers }: IncomingMessage, form: FormData) =>
  'next-action' in headers || [...form.keys()].some((name) => name.startsWith('$ACTION_'))

/** True for a page that a browser loads, false for requests of the product's scripts. */
function isForPage({ headers }: IncomingMessage) {
  const isFetched = 'rsc' in headers || 'next-action' in headers
  return !isFetched && (headers.accept ?? '').includes('text/html')
}
