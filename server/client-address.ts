import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { hostNameOf } from '@/lib/platform/care-origin'

const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i
const WITH_PORT = /^(?:\[(?<v6>[^\]]+)\]|(?<v4>\d+\.\d+\.\d+\.\d+))(?::\d+)?$/

/** Headers in which a client can claim another address, host or protocol. */
export const CLAIMS = [
  'cf-connecting-ip',
  'fastly-client-ip',
  'forwarded',
  'true-client-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
]

/** Headers of a trusted proxy, which log lines and traces repeat. */
const OF_PROXY = ['x-request-id', 'traceparent', 'tracestate', 'baggage']

/**
 * `origin` and `care`: the public origins of the shop and of the care console, where they are
 * known.
 */
type Peer = {
  socketAddress: string | undefined
  trustedHops: number
  origin: URL | undefined
  care?: URL | undefined
}

/**
 * Removes from a request's headers what a client can forge about its origin (ASVS 5.0 4.1.3).
 * Afterwards `x-forwarded-for` holds the client's one address; host and protocol, where given, are
 * those of a public origin: of the care console for a request to its host, else of the shop;
 * `x-request-id` and the trace of the caller are kept only when a trusted proxy can have set them,
 * because log lines, traces and the customer's error reference repeat them.
 */
export function cleanForwarding(
  headers: IncomingHttpHeaders,
  { socketAddress = '', trustedHops, origin, care }: Peer,
) {
  const client = clientAddress(String(headers['x-forwarded-for'] ?? ''), socketAddress, trustedHops)
  for (const claim of CLAIMS) delete headers[claim]
  if (trustedHops === 0) for (const name of OF_PROXY) delete headers[name]
  headers['x-forwarded-for'] = client
  if (!origin) return
  const { host, protocol } = care?.hostname === hostNameOf(headers.host) ? care : origin
  headers['x-forwarded-host'] = host
  headers['x-forwarded-proto'] = protocol.slice(0, -1)
}

/**
 * The address that the outermost trusted proxy saw: each proxy appends the address of its caller.
 * It is the socket's address when no proxy is trusted, or when the entry is no IP address.
 */
export function clientAddress(
  forwardedFor: string,
  socketAddress: string,
  trustedHops: number,
): string {
  const chain = forwardedFor
    .split(',')
    .map(bareAddress)
    .filter((entry) => entry !== '')
  const seen = trustedHops > 0 ? chain.at(-Math.min(trustedHops, chain.length)) : undefined
  return seen && isIP(seen) ? seen : bareAddress(socketAddress)
}

function bareAddress(text: string) {
  const { v6, v4 } = WITH_PORT.exec(text.trim())?.groups ?? {}
  return (v6 ?? v4 ?? text.trim()).replace(MAPPED, '')
}
