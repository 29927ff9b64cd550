import { formatNumber, formatTable, median } from '@/bench/support/figures'
import type { Machine } from '@/bench/support/machine'
import { BARE_SETTINGS } from './bare-queue'
import type { Latency } from './latency'
import type { MessagingFigures } from './measure'
import type { QueueKind } from './testbed'

const GOALS = { p95Ms: 30, drainPercent: 50, growthPercent: 5 } as const

const ms = (value: number) => formatNumber(value, 1)
const verdict = (isMet: boolean) => (isMet ? 'met' : '**missed**')

/** Formats the figures as Markdown. */
export function formatMessagingReport({
  machine,
  latency,
  drains,
  memory,
  loadAtEnd,
}: MessagingFigures): string {
  return `${[
    '# Messaging: latency, throughput and memory of the worker',
    'Written by `npm run bench -- messaging`. The figures as numbers: [messaging.json](messaging.json).',
    formatMachine(machine, loadAtEnd),
    formatLatency(latency),
    formatDrains(drains),
    formatMemory(memory),
  ].join('\n\n')}\n`
}

function formatMachine(machine: Machine, loadAtEnd: number) {
  const {
    date,
    cpu,
    cores,
    memoryGiB,
    system,
    node,
    postgresql,
    fsync,
    synchronousCommit,
    loadAtStart,
  } = machine
  return `${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system} · Node ${node} · PostgreSQL ${postgresql} with its
defaults (fsync ${fsync}, synchronous_commit ${synchronousCommit}) · load average ${formatNumber(loadAtStart, 2)} before, ${formatNumber(loadAtEnd, 2)} at the end.

Everything shares these cores: PostgreSQL, one sender process, the worker (\`node server/run.mjs worker\`, compiled as in production),
and an HTTP server in the place of Twilio and Resend, which accepts every message at once. The bare queue is graphile-worker
(${BARE_SETTINGS.concurrency} jobs at a time in each process, polling every ${BARE_SETTINGS.pollInterval} ms, \`bench/messaging/bare-queue.ts\`)
with a task that only records its start. Each measurement has a fresh database and starts after a warm-up of 1 000 messages or jobs.
Times are taken from the system's monotonic clock, which all processes share.`
}

function formatLatency({ product, bare }: MessagingFigures['latency']) {
  const row = (name: string, { p50, p95, p99, worst }: Latency) => [
    name,
    ms(p50),
    ms(p95),
    ms(p99),
    ms(worst),
  ]
  const rows = [
    row('commit → request at the provider', product),
    row('commit → start of a bare job', bare),
  ]
  return `## Latency at 50 messages a second

60 s each, one worker process, half SMS and half e-mails, one transaction per message, each at its scheduled time even when
earlier ones are late. In ms, from just before the commit to the arrival of the request at the provider.

${formatTable(['', 'p50', 'p95', 'p99', 'worst'], rows)}

Goal: p95 below ${GOALS.p95Ms} ms: ${verdict(product.p95 < GOALS.p95Ms)}.`
}

function formatDrains(drains: MessagingFigures['drains']) {
  const rateOf = (kind: QueueKind, workers: number) =>
    median(
      drains.find((drain) => drain.kind === kind && drain.workers === workers)?.perSecond ?? [],
    )
  const percentOf = (workers: number) =>
    (rateOf('product', workers) / rateOf('bare', workers)) * 100
  const rows = drains.map(({ kind, workers, perSecond }) => [
    `${kind === 'bare' ? 'bare queue' : 'SMS'}, ${workers} process(es)`,
    formatNumber(rateOf(kind, workers)),
    kind === 'bare' ? '' : `${formatNumber(percentOf(workers))} %`,
    perSecond.map((each) => formatNumber(each)).join(', '),
  ])
  const isMet = drains.every(({ workers }) => percentOf(workers) >= GOALS.drainPercent)
  return `## Backlog of 10 000

SMS, committed in one transaction of \`sendMessages\` while the workers are idle; measured from that commit to the last
arrival. Median of the rounds, which alternate between product and bare queue.

${formatTable(['', 'per second', 'of the bare rate', 'each round'], rows)}

Goal: ${GOALS.drainPercent} % of the bare rate: ${verdict(isMet)}.`
}

function formatMemory(memory: MessagingFigures['memory']) {
  const rows = memory.map(({ messages, heapMiB, rssMiB, externalMiB }) => [
    formatNumber(messages),
    formatNumber(heapMiB, 2),
    formatNumber(externalMiB, 2),
    formatNumber(rssMiB),
  ])
  const [first, last] = [memory[0], memory.at(-1)]
  const growth = (of: 'heapMiB' | 'rssMiB') => ((last?.[of] ?? 0) / (first?.[of] ?? 0) - 1) * 100
  const percent = (of: 'heapMiB' | 'rssMiB') => `${formatNumber(growth(of), 1)} %`
  return `## Memory of a worker

One worker process sends 100 000 messages, half SMS and half e-mails, in batches of 10 000. Memory is read 5 s after a batch
has arrived, in MiB: RSS first, then heap and external memory after two forced garbage collections (\`--expose-gc\`). RSS includes
free memory that V8 keeps for later; a leak shows in the heap after a collection.

${formatTable(['messages', 'heap in use', 'external', 'RSS'], rows)}

From ${formatNumber(first?.messages ?? 0)} to ${formatNumber(last?.messages ?? 0)} messages: heap ${percent('heapMiB')}, RSS ${percent('rssMiB')}. Goal: within ${GOALS.growthPercent} %: heap ${verdict(growth('heapMiB') <= GOALS.growthPercent)}, RSS ${verdict(growth('rssMiB') <= GOALS.growthPercent)}.`
}
