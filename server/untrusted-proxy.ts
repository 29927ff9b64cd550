import type { IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import { log } from '@/lib/platform/log'
import { isPrivate } from '@/lib/platform/networks'
import { CLAIMS } from './client-address'

type Received = { headers: IncomingHttpHeaders; socket: Pick<Socket, 'remoteAddress'> }

/**
 * Returns a check of requests that logs one error in the life of a process: no proxy is trusted, and
 * a request came through one, as its forwarding header and the private address of its sender say.
 * All customers then have the address of the proxy, and share its limits. Must see the headers as
 * they arrived.
 */
export function createProxyWarning(trustedHops: number): (request: Received) => void {
  let isDone = trustedHops > 0
  return ({ headers, socket }) => {
    if (isDone || !CLAIMS.some((name) => name in headers)) return
    if (!isPrivate(socket.remoteAddress ?? '')) return
    isDone = true
    log.error(
      { event: 'proxy_not_trusted' },
      'A proxy forwards requests, and TRUSTED_PROXY_HOPS is 0: limits count all customers as one. ' +
        'Set TRUSTED_PROXY_HOPS to the number of proxies in front.',
    )
  }
}
