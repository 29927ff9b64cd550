import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { silentMs } from '@/lib/messaging'
import { cliError, codeOf } from '@/lib/platform/command'
import { HOST_FAULT, isNoOwnAddress } from '@/lib/platform/host'
import { gaugeOf } from '@/lib/platform/metrics'
import { answerMetrics } from '@/lib/platform/metrics-access'

/** Longer than a step of the queue takes at most. */
const STALE_AFTER_MS = 45_000

/** A probe or Prometheus has no reason to be slower. */
const LIMITS = { headersTimeout: 5_000, requestTimeout: 5_000, connectionsCheckingInterval: 2_000 }

const FAILED = { status: 500, headers: {}, body: 'Internal Server Error\n' }

type Place = { port: number; host: string | undefined; staleAfterMs?: number }

/**
 * Listens on the worker's health port. `GET /healthz`: 200 while the loop of the queue moves, 503
 * when it has made no step for 45 s: a supervisor then restarts the process. `GET /metrics` as on
 * web.
 */
export async function startHealth({ port, host, staleAfterMs }: Place): Promise<Server> {
  const help = 'Time since the loop of the queue last made a step'
  gaugeOf('worker_heartbeat_age_seconds', help, [], () => [{ value: silentMs() / 1_000 }])
  const server = createServer(
    LIMITS,
    (request, response) => void answer(request, response, staleAfterMs ?? STALE_AFTER_MS),
  )
  try {
    await once(server.listen(port, host), 'listening')
    return server
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE')
      throw cliError(`Port ${port} of WORKER_HEALTH_PORT is already in use.`)
    if (isNoOwnAddress(error)) throw cliError(HOST_FAULT)
    throw error
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, staleAfterMs: number) {
  const { status, headers, body } = await answerTo(request, staleAfterMs).catch(() => FAILED)
  response.writeHead(status, headers).end(request.method === 'HEAD' ? '' : body)
}

async function answerTo({ method, url = '', headers }: IncomingMessage, staleAfterMs: number) {
  const [path] = url.split('?', 1)
  const isRead = method === 'GET' || method === 'HEAD'
  if (isRead && path === '/healthz') return answerHealth(staleAfterMs)
  if (isRead && path === '/metrics') return answerMetrics(headers.authorization)
  return { status: 404, headers: {}, body: 'Not Found\n' }
}

function answerHealth(staleAfterMs: number) {
  const silent = silentMs()
  const body =
    silent < staleAfterMs
      ? 'ok\n'
      : `the queue has made no step for ${Math.round(silent / 1_000)} s\n`
  return { status: silent < staleAfterMs ? 200 : 503, headers: {}, body }
}
