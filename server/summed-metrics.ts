import cluster from 'node:cluster'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import {
  type MetricsOfProcess,
  readMetricsBy,
  readOwnMetrics,
  sumMetrics,
} from '@/lib/platform/metrics'

/** A request is answered within 8 s (`server/deadline.ts`), so this is less. */
const PATIENCE_MS = 6_000

/** A question for metrics, or its answer. */
const messages = z.object({
  kind: z.enum(['metrics-asked', 'metrics-answered']),
  id: z.string(),
  answer: z.unknown().optional(),
})
type Message = { kind: string; id: string; answer?: unknown }
type Send = (message: Message) => void

const waiting = new Map<string, (answer: unknown) => void>()

/**
 * For a web process that shares its port: Prometheus reaches any one of them, so the metrics that it
 * reads there are the sum of all.
 */
export function shareMetrics(): void {
  const send: Send = (message) => process.send?.(message)
  process.on('message', (received) => receive(received, send, readOwnMetrics))
  readMetricsBy(async () => {
    const sum = await ask(send)
    // A sum without one of them would look like a restart of all.
    if (typeof sum !== 'string') throw new Error('a web process did not tell its metrics')
    return sum
  })
}

/**
 * For the process that started them: answers with the sum of its own metrics and theirs, or without
 * an answer when one of them does not tell its own in time.
 */
export function answerWithSum(): void {
  cluster.on('message', (worker, received) =>
    receive(received, (message) => worker.isConnected() && worker.send(message), readSum),
  )
}

async function readSum() {
  const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected())
  const answers = await Promise.all(
    workers.map((worker) => ask((message) => worker?.send(message), PATIENCE_MS / 2)),
  )
  const theirs = answers.filter((answer): answer is MetricsOfProcess => Array.isArray(answer))
  if (theirs.length < workers.length) return undefined
  return sumMetrics([await readOwnMetrics(), ...theirs])
}

/** Undefined when no answer comes in time. */
function ask(send: Send, patienceMs = PATIENCE_MS): Promise<unknown> {
  const id = randomUUID()
  const answered = new Promise((resolve) => waiting.set(id, resolve))
  send({ kind: 'metrics-asked', id })
  return Promise.race([answered, sleep(patienceMs)]).finally(() => waiting.delete(id))
}

async function receive(received: unknown, send: Send, answer: () => Promise<unknown>) {
  const { data } = messages.safeParse(received)
  if (data?.kind === 'metrics-answered') waiting.get(data.id)?.(data.answer)
  if (data?.kind !== 'metrics-asked') return
  try {
    send({ kind: 'metrics-answered', id: data.id, answer: await answer() })
  } catch (failure) {
    // Nobody waits for this promise: its rejection would end the process. Who asks gets no answer.
    log.error({ event: 'metrics_unread', error: reportError(failure) })
  }
}
