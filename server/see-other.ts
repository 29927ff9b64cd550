import type { IncomingMessage, ServerResponse } from 'node:http'

const SEE_OTHER = 303
const TEMPORARY_REDIRECT = 307

/**
 * A page that leads elsewhere while it answers a form has to be followed by fetching, as an action is: Next answers 307 there,
 * and a browser without JavaScript would post the form to a page that has no such form (RFC 9110 15.4.4).
 */
export function seeOther({ method }: IncomingMessage, response: ServerResponse): void {
  if (method !== 'POST') return
  let status = response.statusCode
  Object.defineProperty(response, 'statusCode', {
    get: () => status,
    set: (next: number) => {
      status = next === TEMPORARY_REDIRECT ? SEE_OTHER : next
    },
  })
}
