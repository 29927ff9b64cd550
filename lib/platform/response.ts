import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'

type Current = AsyncLocalStorage<ServerResponse>

/** Server and pages are bundled apart and run in one process: they meet here. */
const shared: typeof globalThis & { recoveryAccountResponse?: Current } = globalThis
shared.recoveryAccountResponse ??= new AsyncLocalStorage()
const current = shared.recoveryAccountResponse

/** Runs what answers a request, so that it can say something of its response that Next has no word for in an action. */
export function answering<Value>(response: ServerResponse, answer: () => Value): Value {
  return current.run(response, answer)
}

/** Tells programs, in seconds, what the words on the page tell people: when to try again (RFC 9110 10.2.3). */
export function sayRetryAfter(seconds: number): void {
  const response = current.getStore()
  if (response && !response.headersSent)
    response.setHeader('retry-after', String(Math.ceil(seconds)))
}
