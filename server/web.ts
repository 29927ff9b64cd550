import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { cliError, codeOf, main } from '@/lib/platform/command'
import { env } from '@/lib/platform/env'
import { HOST_FAULT, isNoOwnAddress } from '@/lib/platform/host'
import { answering } from '@/lib/platform/response'
import { exitAfter, reportReady } from '@/lib/platform/shutdown'
import { cleanForwarding } from './client-address'
import { boundConnections } from './connections'
import { logConsole } from './console'
import { completeOrigin, isForeign } from './foreign'
import { replaceErrorPages } from './outage'
import { readForm, refuseForeign, refuseLargeBody, refuseMalformedBody } from './refuse'
import { identify } from './request-id'
import { REQUEST_LIMITS, type WholeRequest } from './requests'
import { redirectPostsWithSeeOther } from './see-other'

const FINISH_LIMIT_MS = 10_000
const SWEEP_MS = 50

const isDev = process.argv.includes('--dev')

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** The web process: an HTTP server that passes every request to Next. */
await main(async () => {
  Object.assign(process.env, {
    NODE_ENV: isDev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  })
  const { PORT, HOST, TRUSTED_PROXY_HOPS, APP_ORIGIN, isEmbedded } = env()
  if (!isDev && !existsSync('.next/BUILD_ID'))
    throw cliError('.next/BUILD_ID is missing. Run "npm run build" first.')
  const server = createServer(REQUEST_LIMITS)
  if (TRUSTED_PROXY_HOPS === 0) boundConnections(server)
  if (!isDev) refuseUpgrades(server)
  // tsx, which tests use, enables source maps. Those of the pages are megabytes and would be parsed
  // at every start.
  if (!isDev) process.setSourceMapsEnabled(false)
  if (!isDev) logConsole()
  const { default: next } = await import('next')
  // Next prints errors with their full messages, which may quote personal data. In production,
  // instrumentation.ts alone logs them, without such data.
  const app = next({ dev: isDev, dir: '.', port: PORT, httpServer: server, quiet: !isDev })
  await app.prepare()
  const trusted = {
    trustedHops: TRUSTED_PROXY_HOPS,
    origin: isEmbedded ? undefined : new URL(APP_ORIGIN),
  }
  const answer = createAnswer(app.getRequestHandler(), trusted)
  server.on('request', (request, response) => void answer(request, response))
  await listen(server, PORT, HOST)
  exitAfter(async () => {
    await finishRequests(server)
    await app.close()
  })
  reportReady()
})

/** Checks a request and passes it to Next. */
function createAnswer(
  handle: RequestHandler,
  trusted: { trustedHops: number; origin: URL | undefined },
) {
  const check = async (request: WholeRequest, response: ServerResponse) => {
    if (isForeign(request)) return refuseForeign(response)
    completeOrigin(request)
    const body = request.isTooLarge ? undefined : await request.received
    if (!body) return refuseLargeBody(request, response)
    const form = await readForm(request, body)
    if (!form) return refuseMalformedBody(response)
    redirectPostsWithSeeOther(request, response)
    if (!isDev) replaceErrorPages(request, response, form)
    return handle(request, response)
  }
  return (request: WholeRequest, response: ServerResponse) => {
    cleanForwarding(request.headers, { socketAddress: request.socket.remoteAddress, ...trusted })
    identify(request)
    return answering(response, () => check(request, response))
  }
}

/**
 * Removes the listener of Next for requests for another protocol, which only hot reload needs. Node
 * then answers such a request like any other; otherwise its socket would have no deadlines.
 */
function refuseUpgrades(server: Server) {
  server.on('newListener', (event, listener) => {
    if (event === 'upgrade') setImmediate(() => server.off('upgrade', listener))
  })
}

async function listen(server: Server, port: number, host: string | undefined) {
  try {
    await once(server.listen(port, host), 'listening')
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE')
      throw cliError(
        `Port ${port} is already in use. Stop the program that uses it, or set PORT to another port.`,
      )
    if (isNoOwnAddress(error)) throw cliError(HOST_FAULT)
    throw error
  }
}

async function finishRequests(server: Server) {
  const closed = once(server, 'close')
  server.close()
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
  await Promise.race([closed, sleep(isDev ? SWEEP_MS : FINISH_LIMIT_MS)])
  clearInterval(sweep)
}
