import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { cliError, codeOf, main } from '@/lib/platform/command'
import { env } from '@/lib/platform/env'
import { answering } from '@/lib/platform/response'
import { exitAfter, reportReady } from '@/lib/platform/shutdown'
import { cleanForwarding } from './client-address'
import { boundConnections } from './connections'
import { completeOrigin, isForeign } from './foreign'
import { replaceErrorPages } from './outage'
import { readForm, refuseForeign, refuseLargeBody, refuseMalformedBody } from './refuse'
import { REQUEST_LIMITS, type WholeRequest } from './requests'
import { redirectPostsWithSeeOther } from './see-other'

const FINISH_LIMIT_MS = 10_000
const SWEEP_MS = 50

const isDev = process.argv.includes('--dev')

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
  // tsx, which tests use, enables source maps. Those of the pages are megabytes and would be parsed
  // at every start.
  if (!isDev) process.setSourceMapsEnabled(false)
  const { default: next } = await import('next')
  // Next prints errors with their full messages, which may quote personal data. In production,
  // instrumentation.ts alone logs them, without such data.
  const app = next({ dev: isDev, dir: '.', port: PORT, httpServer: server, quiet: !isDev })
  await app.prepare()
  const handle = app.getRequestHandler()
  const origin = isEmbedded ? undefined : new URL(APP_ORIGIN)
  const answer = async (request: WholeRequest, response: ServerResponse) => {
    cleanForwarding(request.headers, {
      socketAddress: request.socket.remoteAddress,
      trustedHops: TRUSTED_PROXY_HOPS,
      origin,
    })
    if (isForeign(request)) return refuseForeign(response)
    completeOrigin(request)
    const body = request.isTooLarge ? undefined : await request.received
    if (!body) return refuseLargeBody(request, response)
    const form = await readForm(request, body)
    if (!form) return refuseMalformedBody(response)
    return answering(response, () => {
      redirectPostsWithSeeOther(request, response)
      if (!isDev) replaceErrorPages(request, response, form)
      return handle(request, response)
    })
  }
  server.on('request', (request, response) => void answer(request, response))
  await listen(server, PORT, HOST)
  exitAfter(async () => {
    await finishRequests(server)
    await app.close()
  })
  reportReady()
})

async function listen(server: Server, port: number, host: string | undefined) {
  try {
    await once(server.listen(port, host), 'listening')
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE')
      throw cliError(
        `Port ${port} is already in use. Stop the program that uses it, or set PORT to another port.`,
      )
    if (codeOf(error) === 'EADDRNOTAVAIL' || codeOf(error) === 'ENOTFOUND')
      throw cliError(
        'HOST is not an address of this machine. Set it to one, or to 0.0.0.0 for all.',
      )
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
