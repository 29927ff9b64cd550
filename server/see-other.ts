import type { IncomingMessage, ServerResponse } from 'node:http'

const SEE_OTHER = 303
const TEMPORARY_REDIRECT = 307

/**
 * Changes the redirect status 307 of a POST to 303. Next answers 307 when a page redirects while it
 * renders the response to a form. A browser without JavaScript would then POST the form again to
 * the new page, which has no such form (RFC 9110 15.4.4).
 */
export function redirectPostsWithSeeOther(
  { method }: IncomingMessage,
  response: ServerResponse,
): void {
  if (method !== 'POST') return
  let status = response.statusCode
  Object.defineProperty(response, 'statusCode', {
    get: () => status,
    set: (next: number) => {
      status = next === TEMPORARY_REDIRECT ? SEE_OTHER : next
    },
  })
}
