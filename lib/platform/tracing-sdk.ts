import { setTimeout as sleep } from 'node:timers/promises'
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base'
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { log } from './log'
import type { SpanFacts, Tracing } from './tracing'

const NAME = 'recovery-account'

/** The process has 12 s to end, and its requests and messages come first. */
const STOP_LIMIT_MS = 1_500

const WARN_EVERY_MS = 60_000

/** What Next says about a request without a part of its URL. */
const HARMLESS = [
  'error.type',
  'http.method',
  'http.route',
  'http.status_code',
  'next.route',
  'next.rsc',
  'next.span_type',
]
const OWN = `${NAME}.`

const KINDS = { job: SpanKind.CONSUMER, call: SpanKind.CLIENT } as const

/**
 * Sends spans to the OTLP receiver of OTEL_EXPORTER_OTLP_ENDPOINT, in JSON over HTTP. The SDK reads
 * the other standard variables (OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER, …) itself. It
 * becomes the global tracer, so Next makes spans of requests, too.
 */
export function createTracing(service: string): Tracing {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor(withoutPrivate(new OTLPTraceExporter()))],
  })
  provider.register()
  const tracer = trace.getTracer(NAME)
  return {
    current() {
      const carrier: { traceparent?: string } = {}
      propagation.inject(context.active(), carrier)
      const { traceparent } = carrier
      const span = trace.getActiveSpan()?.spanContext()
      return traceparent && span ? { traceparent, trace: span.traceId } : undefined
    },
    inSpan(name, facts, work) {
      const options = { kind: KINDS[facts.kind], attributes: named(facts.attributes) }
      return tracer.startActiveSpan(name, options, parentOf(facts), async (span) => {
        try {
          return await work()
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR })
          throw error
        } finally {
          span.end()
        }
      })
    },
    note: (name, value) => trace.getActiveSpan()?.setAttributes(named({ [name]: value })),
    stop: () =>
      Promise.race([
        provider.shutdown().catch(() => {}),
        sleep(STOP_LIMIT_MS, undefined, { ref: false }),
      ]),
  }
}

const named = (attributes: Record<string, string>) =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [OWN + name, value]))

const parentOf = ({ parent }: SpanFacts) =>
  parent ? propagation.extract(context.active(), { traceparent: parent }) : context.active()

/** Removes what may be personal data or a secret, and logs once a minute that spans are lost. */
function withoutPrivate(exporter: SpanExporter): SpanExporter {
  let warnedAt = Number.NEGATIVE_INFINITY
  return {
    export(spans, done) {
      spans.forEach(clean)
      exporter.export(spans, (result) => {
        if (result.error && performance.now() - warnedAt > WARN_EVERY_MS) {
          warnedAt = performance.now()
          log.warn({ event: 'traces_lost', reason: result.error.name })
        }
        done(result)
      })
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  }
}

/**
 * URLs hold tokens and what was typed, and the messages of errors quote values. An ended span is not
 * used any more, so it is changed in place.
 */
function clean(span: ReadableSpan) {
  for (const name of Object.keys(span.attributes))
    if (!HARMLESS.includes(name) && !name.startsWith(OWN)) delete span.attributes[name]
  span.events.length = 0
  delete span.status.message
}
