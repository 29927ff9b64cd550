import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '@/lib/platform/log'
import { failureOf, hasBegunAction, isUnavailable } from '@/lib/platform/response'
import { logSecurity } from '@/lib/platform/security-log'
import { type Details, type Fault, prepareErrorPage } from './error-page'

const BAD_REQUEST = 400
const CONFLICT = 409
const FAILED = 500
const UNAVAILABLE = 503

/** When a browser or a program may try again after the database could not be used. */
const RETRY_AFTER_SECONDS = 10

/** The fields whose values the page of an outdated form repeats. Passwords and codes are not among them. */
const REPEATED_FIELDS = ['name', 'email', 'phone', 'identifier']

/**
 * Replaces Next's answer to a page request that failed (500; 503 with Retry-After when the database
 * cannot be used), or whose server action it could not read (400) or does not know (409), by a page
 * of the product. Next's own is plain English text, or a page that is empty without JavaScript. A
 * script whose action failed gets the reference as text. Nothing that Next writes after it has set
 * such a status is sent. An action that fails before it has accepted its arguments was called with
 * bad ones, so its status 500 becomes 400, for scripts too. `form` is the posted form, which the page
 * of a failure sends again.
 */
export function replaceErrorPages(
  request: IncomingMessage,
  response: ServerResponse,
  form = new FormData(),
): void {
  const reference = String(request.headers['x-request-id'])
  const isPage = isForPage(request)
  const isScripted = 'next-action' in request.headers
  const isAction = isScripted || postsAction(form)
  const { writeHead, flushHeaders, write, end } = response
  const isPost = request.method === 'POST'
  const faultNow = () => {
    if (response.statusCode === FAILED) response.statusCode = statusOf(response, isAction)
    if (isOutage(response) && !response.headersSent)
      response.setHeader('retry-after', RETRY_AFTER_SECONDS)
    if (response.headersSent) return undefined
    const isFailedScript = isScripted && response.statusCode >= FAILED
    return isPage || isFailedScript ? faultOf(response, isPost) : undefined
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
    if (response.statusCode >= FAILED) log.error({ event: 'page_unanswered', requestId: reference })
    for (const name of response.getHeaderNames())
      if (/^(content-(?!security)|transfer-|etag|link|vary|x-nextjs)/.test(name))
        response.removeHeader(name)
    const answer = isPage
      ? prepareErrorPage(response, fault, detailsOf(fault, reference, form, isPost))
      : prepareReference(response, reference)
    Reflect.apply(writeHead, response, [response.statusCode])
    return Reflect.apply(end, response, [answer])
  }
}

/** Logs a post that was not answered because of what it contained. */
function reportMalformed(response: ServerResponse) {
  const fault = faultOf(response, response.req.method === 'POST')
  if (fault && response.statusCode < FAILED) logSecurity('input_validation_fail', { reason: fault })
}

/** The status of a request that Next answers with 500. */
function statusOf(response: ServerResponse, isAction: boolean) {
  if (isUnavailable(response)) return UNAVAILABLE
  return isAction && !hasBegunAction(response) ? BAD_REQUEST : FAILED
}

/** Not a 503 of `/readyz`, which has a body of its own. */
const isOutage = (response: ServerResponse) =>
  response.statusCode === UNAVAILABLE && isUnavailable(response)

/** What a status of Next means. To a GET, 400 says that the URL is not readable. */
function faultOf(response: ServerResponse, isPost: boolean): Fault | undefined {
  const { statusCode } = response
  if (statusCode === FAILED || isOutage(response)) return failureOf(response) ?? 'outage'
  if (statusCode === BAD_REQUEST && isPost) return 'malformed'
  return statusCode === CONFLICT ? 'outdated' : undefined
}

function detailsOf(fault: Fault, reference: string, form: FormData, isPost: boolean): Details {
  if (fault === 'outdated') return { reference, typed: typedIn(form) }
  const isFailure = fault === 'outage' || fault === 'stillLoggedIn'
  return { reference, ...(isPost && isFailure && { form }) }
}

/** Next makes such a text the message of the error that its script throws. `components/error-reference.ts` reads it. */
function prepareReference(response: ServerResponse, reference: string) {
  response.setHeader('content-type', 'text/plain')
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-content-type-options', 'nosniff')
  return `Reference: ${reference}`
}

const typedIn = (form: FormData) =>
  REPEATED_FIELDS.flatMap((name) => form.getAll(name)).filter((value) => typeof value === 'string')

/** Whether a form calls a server action by its fields. A script calls one by a header. */
const postsAction = (form: FormData) => [...form.keys()].some((name) => name.startsWith('$ACTION_'))

/** True for a page that a browser loads, false for requests of the product's scripts. */
function isForPage({ headers }: IncomingMessage) {
  const isFetched = 'rsc' in headers || 'next-action' in headers
  return !isFetched && (headers.accept ?? '').includes('text/html')
}
