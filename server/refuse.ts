import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { logSecurity } from '@/lib/platform/security-log'
import { prepareErrorPage } from './error-page'
import type { WholeRequest } from './requests'

const BAD_REQUEST = 400
const FORBIDDEN = 403
const MISSING = 404
const TOO_LARGE = 413
/** A connection that is closed while the client still sends is reset, and the client loses the answer. */
const DISCARD_MS = 5_000

/**
 * Answers 413 with a page while the body still arrives, discards the rest for at most 5 s, and
 * closes the connection.
 */
export async function refuseLargeBody(
  request: WholeRequest,
  response: ServerResponse,
): Promise<void> {
  logSecurity('input_validation_fail', { reason: 'tooLarge' })
  response.statusCode = TOO_LARGE
  response.setHeader('connection', 'close')
  response.write(prepareErrorPage(response, 'tooLarge'))
  const closed = once(response, 'close').catch(() => {})
  await Promise.race([request.ended, closed, sleep(DISCARD_MS, undefined, { ref: false })])
  response.end()
}

/** Answers 403 with a page. */
export function refuseForeign(response: ServerResponse): void {
  logSecurity('malicious_cors')
  response.statusCode = FORBIDDEN
  response.end(prepareErrorPage(response, 'foreign'))
}

/** Answers 404 with a page, before Next sees the request. */
export function refuseMissing(response: ServerResponse): void {
  response.statusCode = MISSING
  response.end(prepareErrorPage(response, 'missing'))
}

/** Answers 400 with a page. */
export function refuseMalformedBody(response: ServerResponse): void {
  logSecurity('input_validation_fail', { reason: 'malformed' })
  response.statusCode = BAD_REQUEST
  response.end(prepareErrorPage(response, 'malformed'))
}

/**
 * Reads a multipart form, which is what the product's pages post; a body of any other type is an
 * empty form. Undefined for a body that claims to be a multipart form and is none: Next answers 500
 * to it.
 */
export async function readForm(
  { method, headers }: WholeRequest,
  body: Buffer,
): Promise<FormData | undefined> {
  const type = headers['content-type'] ?? ''
  // Next reads the page that an action leads to with a GET that has the headers of the form.
  if (method === 'GET' || method === 'HEAD') return new FormData()
  if (!type.toLowerCase().startsWith('multipart/')) return new FormData()
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined)
}
