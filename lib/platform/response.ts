import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'

/** `begun`: the responses to server actions that have accepted their arguments. */
type Shared = { current: AsyncLocalStorage<ServerResponse>; begun: WeakSet<ServerResponse> }

/** Server and pages are two bundles in one process. They share this through globalThis. */
const shared: typeof globalThis & { recoveryAccountResponses?: Shared } = globalThis
shared.recoveryAccountResponses ??= { current: new AsyncLocalStorage(), begun: new WeakSet() }
const { current, begun } = shared.recoveryAccountResponses

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
