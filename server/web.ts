import cluster from 'node:cluster'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { careOrigin } from '@/lib/platform/care-origin'
import { cliError, codeOf, main } from '@/lib/platform/command'
import { env } from '@/lib/platform/env'
import { HOST_FAULT, isNoOwnAddress } from '@/lib/platform/host'
import { declareKeyUser } from '@/lib/platform/key-user'
import { measureProcess } from '@/lib/platform/metrics'
import { runService } from '@/lib/platform/process'
import { makeFirstCheck } from '@/lib/platform/readiness'
import { answering } from '@/lib/platform/response'
import { warnOfMissingLimits } from '@/lib/platform/session-limits'
import { exitAfter, reportReady } from '@/lib/platform/shutdown'
import { stopTracing } from '@/lib/platform/tracing'
import { isStrayAction, judgePath, leadToConsole } from './care-gate'
import { cleanForwarding } from './client-address'
import { boundConnections } from './connections'
import { answerInTime } from './deadline'
import { freeEndedRenders } from './ended-renders'
import { completeOrigin, isForeign } from './foreign'
import { loadPages } from './load-pages'
import { observe } from './observe'
import { replaceErrorPages } from './outage'
import {
  readForm,
  refuseForeign,
  refuseLargeBody,
  refuseMalformedBody,
  refuseMissing,
} from './refuse'
import { identify } from './request-id'
import { REQUEST_LIMITS, type WholeRequest } from './requests'
import { readRouteNames } from './route-names'
import { setSecurityHeaders } from './security-headers'
import { redirectPostsWithSeeOther } from './see-other'
import { deploymentId, PAGES_STAMP } from './source-hash.mjs'
import { shareMetrics } from './summed-metrics'
import { createProxyWarning } from './untrusted-proxy'
import { countWebProcesses, startWebProcesses } from './web-processes'

const FINISH_LIMIT_MS = 10_000
const SWEEP_MS = 50

const isDev = process.argv.includes('--dev')

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** The web process, or those that share its port. */
await (isDev ? main : runService)(async () => {
  const count = isDev ? 1 : countWebProcesses()
  if (count > 1 && cluster.isPrimary) return startWebProcesses(count)
  if (cluster.isWorker) shareMetrics()
  return serve(count)
})

/** An HTTP server that passes every request to Next. It is one of so many that share the port. */
async function serve(processes: number) {
  Object.assign(process.env, {
    NODE_ENV: isDev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  })
  const { PORT, HOST, TRUSTED_PROXY_HOPS, APP_ORIGIN, isEmbedded } = env()
  if (!isDev) process.env.NEXT_DEPLOYMENT_ID = readDeploymentId()
  measureProcess()
  declareKeyUser('service')
  const server = createServer(REQUEST_LIMITS)
  if (TRUSTED_PROXY_HOPS === 0) boundConnections(server, { processes })
  if (!isDev) refuseUpgrades(server)
  // tsx, which tests use, enables source maps. Those of the pages are megabytes and would be parsed
  // at every start.
  if (!isDev) process.setSourceMapsEnabled(false)
  freeEndedRenders()
  const { default: next } = await import('next')
  // Next prints errors with their full messages, which may quote personal data. In production,
  // instrumentation.ts alone logs them, without such data.
  const app = next({ dev: isDev, dir: '.', port: PORT, httpServer: server, quiet: !isDev })
  await app.prepare()
  const trusted = {
    trustedHops: TRUSTED_PROXY_HOPS,
    origin: isEmbedded ? undefined : new URL(APP_ORIGIN),
    care: careOrigin(),
  }
  const answer = createAnswer(app.getRequestHandler(), trusted)
  server.on('request', (request, response) => void answer(request, response))
  if (!isDev) {
    await makeFirstCheck()
    void loadPages(server)
  }
  await listen(server, PORT, HOST)
  warnOfMissingLimits()
  exitAfter(async () => {
    await finishRequests(server)
    await app.close()
    // The pages have opened it. It is loaded at the end alone.
    const { closeDb } = await import('@/lib/platform/db')
    await closeDb()
    await stopTracing()
  })
  reportReady()
}

function readDeploymentId() {
  if (!existsSync(PAGES_STAMP))
    throw cliError(`${PAGES_STAMP} is missing. Run "npm run build" first.`)
  return deploymentId(readFileSync(PAGES_STAMP, 'utf8'))
}

/** Checks a request and passes it to Next. */
function createAnswer(
  handle: RequestHandler,
  trusted: { trustedHops: number; origin: URL | undefined; care: URL | undefined },
) {
  const names = readRouteNames()
  const check = async (request: WholeRequest, response: ServerResponse) => {
    const nameAction = observe(request, response, names)
    const verdict = judgePath(request)
    if (verdict === 'missing') return refuseMissing(response)
    if (verdict === 'home') return leadToConsole(response)
    if (isForeign(request)) return refuseForeign(response)
    completeOrigin(request)
    const body = request.isTooLarge ? undefined : await request.received
    if (!body) return refuseLargeBody(request, response)
    const form = await readForm(request, body)
    if (!form) return refuseMalformedBody(response)
    if (isStrayAction(request, names.actionsOf(request, form))) return refuseMissing(response)
    nameAction(form)
    redirectPostsWithSeeOther(request, response)
    if (!isDev) {
      replaceErrorPages(request, response, form)
      answerInTime(response)
    }
    setSecurityHeaders(request, response)
    return handle(request, response)
  }
  const warnOfProxy = createProxyWarning(trusted.trustedHops)
  return (request: WholeRequest, response: ServerResponse) => {
    warnOfProxy(request)
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
