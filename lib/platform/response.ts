import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'

type Current = AsyncLocalStorage<ServerResponse>

/** Server and pages are two bundles in one process. They share this storage through globalThis. */
const shared: typeof globalThis & { recoveryAccountResponse?: Current } = globalThis
shared.recoveryAccountResponse ??= new AsyncLocalStorage()
const current = shared.recoveryAccountResponse

/**
 * Runs the handler of a request so that a server action can set a header of its response. Next has
 * no interface for that.
 */
export function answering<Value>(response: ServerResponse, answer: () => Value): Value {
  return current.run(response, answer)
}

/** Sets Retry-After, in seconds (RFC 9110 10.2.3). */
export function sayRetryAfter(seconds: number): void {
  const response = current.getStore()
  if (response && !response.headersSent)
    response.setHeader('retry-after', String(Math.ceil(seconds)))
}
