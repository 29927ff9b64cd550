import { digits, median, table } from '@/bench/support/figures'
import type { Machine } from '@/bench/support/machine'
import { QUEUE_SETTINGS } from '@/lib/messaging/worker/worker'
import type { Latency } from './latency'
import type { Figures } from './measure'
import type { Kind } from './stage'

const GOALS = { p95Ms: 500, drainPercent: 50, growthPercent: 5 } as const

const ms = (value: number) => digits(value, 1)
const verdict = (isMet: boolean) => (isMet ? 'met' : '**missed**')

/** What was found, for people. */
export function writeReport({ machine, latency, drains, memory, loadAtEnd }: Figures): string {
  return `${[
    '# Messaging: how fast the worker sends, and whether it grows',
    'Written by `npm run bench -- messaging`. The figures as numbers: [messaging.json](messaging.json).',
    writeMachine(machine, loadAtEnd),
    writeLatency(latency),
    writeDrains(drains),
    writeMemory(memory),
  ].join('\n\n')}\n`
}

function writeMachine(machine: Machine, loadAtEnd: number) {
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
defaults (fsync ${fsync}, synchronous_commit ${synchronousCommit}) · load average ${digits(loadAtStart, 2)} before, ${digits(loadAtEnd, 2)} at the end.

Everything shares these cores: PostgreSQL, one sender process, the worker (\`node tools/run.mjs worker\`, NODE_ENV production),
and a fake Twilio and Resend, an HTTP server in a process of its own that takes all at once. The bare queue is graphile-worker
with the product's settings and connections (${QUEUE_SETTINGS.concurrency} jobs at a time in each process, polling every ${QUEUE_SETTINGS.pollInterval} ms)
and a task that notes its start and does nothing. Each measurement has a fresh database, and begins after 1 000 messages or jobs to warm up.
Times are of the system's monotonic clock, which all processes share.`
}

function writeLatency({ product, bare }: Figures['latency']) {
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

60 s each, one worker process, half SMS and half e-mails, one transaction per message, begun at its time however the others
fare. From just before the commit (so the commit is in it) to the arrival of the request at the provider, in ms.

${table(['', 'p50', 'p95', 'p99', 'worst'], rows)}

Goal: p95 below ${GOALS.p95Ms} ms: ${verdict(product.p95 < GOALS.p95Ms)}.`
}

function writeDrains(drains: Figures['drains']) {
  const rateOf = (kind: Kind, workers: number) =>
    median(
      drains.find((drain) => drain.kind === kind && drain.workers === workers)?.perSecond ?? [],
    )
  const percentOf = (workers: number) =>
    (rateOf('product', workers) / rateOf('bare', workers)) * 100
  const rows = drains.map(({ kind, workers, perSecond }) => [
    `${kind === 'bare' ? 'bare queue' : 'SMS'}, ${workers} process(es)`,
    digits(rateOf(kind, workers)),
    kind === 'bare' ? '' : `${digits(percentOf(workers))} %`,
    perSecond.map((each) => digits(each)).join(', '),
  ])
  const isMet = drains.every(({ workers }) => percentOf(workers) >= GOALS.drainPercent)
  return `## Backlog of 10 000

SMS, committed by one transaction of \`sendMessages\` while the workers run idle; from that commit to the last arrival. The
middle of the rounds, product and bare queue by turns.

${table(['', 'a second', 'of the bare rate', 'each round'], rows)}

Goal: ${GOALS.drainPercent} % of the bare rate: ${verdict(isMet)}.`
}

function writeMemory(memory: Figures['memory']) {
  const rows = memory.map(({ messages, heapMiB, rssMiB, externalMiB }) => [
    digits(messages),
    digits(heapMiB, 2),
    digits(externalMiB, 2),
    digits(rssMiB),
  ])
  const [first, last] = [memory[0], memory.at(-1)]
  const growth = (of: 'heapMiB' | 'rssMiB') => ((last?.[of] ?? 0) / (first?.[of] ?? 0) - 1) * 100
  const percent = (of: 'heapMiB' | 'rssMiB') => `${digits(growth(of), 1)} %`
  return `## Memory of a worker

One worker process sends 100 000 messages, half SMS and half e-mails, in portions of 10 000; looked at when each portion has
arrived and 5 s have passed. RSS is read as it is; the heap after two forced collections (\`--expose-gc\`). RSS says what the
process once needed and V8 keeps at hand; what outlives a collection is what would grow without end. In MiB.

${table(['messages', 'heap in use', 'external', 'RSS'], rows)}

From ${digits(first?.messages ?? 0)} to ${digits(last?.messages ?? 0)} messages: heap ${percent('heapMiB')}, RSS ${percent('rssMiB')}. Goal: within ${GOALS.growthPercent} %: heap ${verdict(growth('heapMiB') <= GOALS.growthPercent)}, RSS ${verdict(growth('rssMiB') <= GOALS.growthPercent)}.`
}
