import {
  AggregatorRegistry,
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client'
import { type MeasuredPool, measurePools } from './pool-metrics'

const PREFIX = 'recovery_account_'

/** From a page without a query to the time limits of a request and of a provider. */
const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

type Metrics = ReturnType<typeof createMetrics>

/** Server and pages are two bundles in one process. They share this through globalThis. */
const shared: typeof globalThis & {
  recoveryAccountMetrics?: Metrics
  recoveryAccountMetricsReader?: () => Promise<string>
} = globalThis
shared.recoveryAccountMetrics ??= createMetrics()

/**
 * Everything that this process counts. Values of labels are words of the code, names of providers and
 * patterns of paths: a fixed number of them, and never a part of a request.
 */
export const metrics: Omit<Metrics, 'registry' | 'pools'> = shared.recoveryAccountMetrics

const { registry, pools } = shared.recoveryAccountMetrics

/** The media type of `readMetrics`. */
export const METRICS_TYPE = registry.contentType

/**
 * All metrics as Prometheus reads them: of this process, or the sum of all processes that answer for
 * its port.
 */
export const readMetrics = (): Promise<string> =>
  shared.recoveryAccountMetricsReader?.() ?? registry.metrics()

/** Replaces what `readMetrics` reads, where several processes answer for one port. */
export function readMetricsBy(read: () => Promise<string>): void {
  shared.recoveryAccountMetricsReader = read
}

/** The metrics of one process, as it sends them to another one. */
export type MetricsOfProcess = Awaited<ReturnType<Registry['getMetricsAsJSON']>>

/** The metrics of this process, to be summed. */
export const readOwnMetrics = (): Promise<MetricsOfProcess> => registry.getMetricsAsJSON()

/** The sum of the metrics of several processes, as Prometheus reads it. */
export const sumMetrics = (all: MetricsOfProcess[]): Promise<string> =>
  AggregatorRegistry.aggregate(all).metrics()

/** Adds the metrics of Node: processor, memory, event loop, garbage collection. Call it once. */
export function measureProcess(): void {
  collectDefaultMetrics({ register: registry })
}

/** Shows the connections of a pool until the pool is closed. */
export function measurePool(name: string, pool: MeasuredPool): void {
  pools.set(name, pool)
}

type Reading = { value: number; labels?: Record<string, string> }

/**
 * A gauge whose values are read when the metrics are read. `read` must not wait for long. Without
 * values, and when it fails, the gauge is absent. The same name replaces the earlier one. Where
 * several processes read the same value, the largest one holds.
 */
export function gaugeOf(
  name: string,
  help: string,
  labelNames: readonly string[],
  read: () => readonly Reading[] | Promise<readonly Reading[]>,
): void {
  registry.removeSingleMetric(PREFIX + name)
  new Gauge({
    name: PREFIX + name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    aggregator: 'max',
    async collect() {
      const readings = await Promise.resolve()
        .then(read)
        .catch(() => [])
      this.reset()
      // Without labels, a reset leaves a zero.
      if (readings.length === 0) this.remove({})
      for (const { value, labels = {} } of readings) this.set(labels, value)
    },
  })
}

function createMetrics() {
  const registry = new Registry()
  const pools = new Map<string, MeasuredPool>()
  const of = { registers: [registry] }
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name: PREFIX + name, help, labelNames, ...of })
  const histogram = (name: string, help: string, ...labelNames: string[]) =>
    new Histogram({ name: PREFIX + name, help, labelNames, buckets: SECONDS, ...of })
  measurePools(`${PREFIX}database_connections`, registry, pools)
  return {
    registry,
    pools,
    requests: histogram(
      'http_request_duration_seconds',
      'Requests, from the first byte to the end of the answer',
      'method',
      'route',
      'status',
    ),
    actions: histogram(
      'server_action_duration_seconds',
      'Server actions: succeeded, refused, rejected (no form of this build) or failed',
      'action',
      'outcome',
    ),
    securityEvents: counter(
      'security_events_total',
      'Security events, as in the log',
      'event',
      'outcome',
    ),
    problems: counter(
      'log_problems_total',
      'Lines of the log of the levels warn, error and fatal, without security events',
      'event',
    ),
    attempts: counter(
      'attempts_total',
      'Answers to a password or a code: right, or why they were refused',
      'purpose',
      'outcome',
    ),
    codesIssued: counter('codes_issued_total', 'Codes that were sent', 'channel', 'purpose'),
    codesEntered: counter('codes_entered_total', 'Codes that came back', 'channel', 'purpose'),
    limitHits: counter(
      'limit_hits_total',
      'Requests that a limit refused or asked for a proof of work',
      'limit',
      'reason',
    ),
    accountEvents: counter(
      'account_events_total',
      'Events of the activity of accounts: registrations, resets, freezes, …',
      'type',
    ),
    points: counter('points_total', 'Points that were credited or taken back', 'reason'),
    messagesWritten: counter('messages_written_total', 'Messages to be sent', 'channel', 'kind'),
    messagesSettled: counter(
      'messages_settled_total',
      'Messages with an end: sent, failed, expired, withheld',
      'channel',
      'kind',
      'state',
    ),
    fallbacks: counter('message_fallbacks_total', 'SMS that replaced a WhatsApp message', 'cause'),
    receipts: counter(
      'provider_receipts_total',
      'Delivery reports of providers: delivered, undeliverable, failed',
      'provider',
      'state',
    ),
    providerCalls: histogram(
      'provider_call_duration_seconds',
      'Sends to a provider, by its answer',
      'provider',
      'outcome',
    ),
    breakers: new Gauge({
      name: `${PREFIX}provider_breaker_open`,
      help: '1 while this process sends nothing to a provider because of its outage, else 0',
      labelNames: ['provider'],
      ...of,
    }),
    numberSignals: counter('number_signals_total', 'Questions to operators', 'signal', 'answer'),
    operatorCalls: histogram(
      'operator_call_duration_seconds',
      'Questions that were put to an operator, each with its requests',
      'provider',
      'signal',
    ),
    unreadGauges: counter(
      'gauges_unread_total',
      'Readings of gauges from the database that failed or took too long',
      'reading',
    ),
  }
}
