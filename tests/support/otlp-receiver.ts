import { createServer } from 'node:http'
import * as z from 'zod'
import { portOf } from './fake-providers'

const request = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({
        attributes: z.array(z.object({ value: z.object({ stringValue: z.string() }) })),
      }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              name: z.string(),
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
            }),
          ),
        }),
      ),
    }),
  ),
})

type Span = { service: string; name: string; traceId: string; spanId: string; parent: string }

/** A receiver of traces: OTLP over HTTP, in JSON. */
export type OtlpReceiver = {
  url: string
  spans(): Span[]
  /** Service and name of a span, then of the one that caused it, and so on to the first of the trace. */
  pathFrom(name: string): string[]
  /** Everything that it received. */
  text(): string
  close(): Promise<void>
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const bodies: string[] = []
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    if (incoming.url === '/v1/traces') bodies.push(Buffer.concat(chunks).toString('utf8'))
    response.writeHead(incoming.url === '/v1/traces' ? 200 : 404).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    spans: () => bodies.flatMap(spansIn),
    pathFrom: (name) => pathIn(bodies.flatMap(spansIn), name),
    text: () => bodies.join('\n'),
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

const spansIn = (body: string): Span[] =>
  request.parse(JSON.parse(body)).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ parentSpanId = '', ...span }) => ({
        ...span,
        parent: parentSpanId,
        service: resource.attributes[0]?.value.stringValue ?? '',
      })),
    ),
  )

function pathIn(spans: readonly Span[], name: string): string[] {
  const path: string[] = []
  let span = spans.find((one) => one.name === name)
  while (span) {
    path.push(`${span.service} ${span.name}`)
    const { parent, traceId } = span
    span = spans.find((one) => one.spanId === parent && one.traceId === traceId)
  }
  return path
}
