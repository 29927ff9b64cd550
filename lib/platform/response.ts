import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'

/**
 * `begun`: the responses to server actions that have accepted their arguments. `refused`: to those
 * that refused them. `users`: the signed-in customers of requests. `failures`: what failed in
 * requests. `unavailable`: the responses to requests that failed because the database cannot be used.
 */
type Shared = {
  current: AsyncLocalStorage<ServerResponse>
  begun: WeakSet<ServerResponse>
  refused: WeakSet<ServerResponse>
  users: WeakMap<ServerResponse, string>
  failures: WeakMap<ServerResponse, Failure>
  unavailable: WeakSet<ServerResponse>
}

/** A failure whose consequence the error page tells: the customer is still logged in. */
export type Failure = 'stillLoggedIn'

/** Server and pages are two bundles in one process. They share this through globalThis. */
const shared: typeof globalThis & { recoveryAccountResponses?: Shared } = globalThis
shared.recoveryAccountResponses ??= {
  current: new AsyncLocalStorage(),
  begun: new WeakSet(),
  refused: new WeakSet(),
  users: new WeakMap(),
  failures: new WeakMap(),
  unavailable: new WeakSet(),
}
const { current, begun, refused, users, failures, unavailable } = shared.recoveryAccountResponses

/**
 * Runs the handler of a request so that a server action can set a header of its response. Next has
 * no interface for that.
 */
export function answering<Value>(response: ServerResponse, answer: () => Value): Value {
  return current.run(response, answer)
}

/** The response to the present request. Undefined outside a request. */
export const currentResponse = (): ServerResponse | undefined => current.getStore()

/** Sets Retry-After, in seconds (RFC 9110 10.2.3). */
export function sayRetryAfter(seconds: number): void {
  const response = current.getStore()
  if (response && !response.headersSent)
    response.setHeader('retry-after', String(Math.ceil(seconds)))
}

/**
 * Gives the page of the present request the status 404. The page that `notFound()` of Next renders
 * is empty without JavaScript.
 */
export function sayMissing(): void {
  const response = current.getStore()
  if (response && !response.headersSent) response.statusCode = 404
}

/** Records that a server action has accepted its arguments. A later failure is not the client's. */
export function beginAction(): void {
  const response = current.getStore()
  if (response) begun.add(response)
}

/** Throws because a server action cannot use its arguments, even after `beginAction`. */
export function rejectArguments(reason: string): never {
  const response = current.getStore()
  if (response) begun.delete(response)
  throw new Error(reason)
}

/** Whether a server action of this request has accepted its arguments. */
export const hasBegunAction = (response: ServerResponse): boolean => begun.has(response)

/** Records what is about to fail in this request, for its error page. */
export function nameFailure(failure: Failure): void {
  const response = current.getStore()
  if (response) failures.set(response, failure)
}

/** What failed in a request, if `nameFailure` has recorded it. */
export const failureOf = (response: ServerResponse): Failure | undefined => failures.get(response)

/** Records that a request, by default the present one, fails because the database cannot be used. */
export function markUnavailable(response = current.getStore()): void {
  if (response) unavailable.add(response)
}

/** Whether a request failed because the database cannot be used. */
export const isUnavailable = (response: ServerResponse): boolean => unavailable.has(response)

/** Records that a server action refuses what was submitted, for the metrics. */
export function refuseAction(): void {
  const response = current.getStore()
  if (response) refused.add(response)
}

/** Whether the server action of this request refused what was submitted. */
export const hasRefusedAction = (response: ServerResponse): boolean => refused.has(response)

/** Records the signed-in customer of the present request, for its log lines. */
export function rememberUser(userId: string): void {
  const response = current.getStore()
  if (response) users.set(response, userId)
}

/** The path of the present request, without its parameters. Undefined outside a request. */
export const currentPath = (): string | undefined => current.getStore()?.req.url?.split('?')[0]

/** What log lines say about the present request. All of it is undefined outside a request. */
export type CurrentRequest = { requestId?: string; ip?: string; userId?: string }

/**
 * The id, client address and signed-in customer of the present request. `server/web.ts` has set
 * both headers before anything else reads them.
 */
export function currentRequest(): CurrentRequest {
  const response = current.getStore()
  if (!response) return {}
  const [requestId, ip] = ['x-request-id', 'x-forwarded-for'].map((name) => {
    const value = response.req.headers[name]
    return typeof value === 'string' ? value : undefined
  })
  const userId = users.get(response)
  return { ...(requestId && { requestId }), ...(ip && { ip }), ...(userId && { userId }) }
}
