/** The place of a span in its trace (W3C Trace Context): `00-<trace>-<span>-01`. */
export type Traceparent = string

export type SpanFacts = {
  /** `job`: work that a message of the queue causes; `call`: a request to another system. */
  kind: 'job' | 'call'
  /** The span that caused this one, of another process. Else the present one. */
  parent?: Traceparent | undefined
  /** Words of the product only: no address, no URL, nothing that was typed. */
  attributes: Record<string, string>
}

/** What the SDK provides once it is started (`tracing-sdk.ts`). */
export type Tracing = {
  current(): { traceparent: Traceparent; trace: string } | undefined
  inSpan<Value>(name: string, facts: SpanFacts, work: () => Promise<Value>): Promise<Value>
  /** Adds a word to the present span. */
  note(name: string, value: string): void
  stop(): Promise<void>
}

/** Server and pages are two bundles in one process. They share this through globalThis. */
const shared: typeof globalThis & { recoveryAccountTracing?: Tracing } = globalThis

/** Makes spans from now on. */
export function setTracing(tracing: Tracing): void {
  shared.recoveryAccountTracing = tracing
}

/** The id of the present trace, for log lines. Undefined without tracing. */
export const currentTrace = (): string | undefined =>
  shared.recoveryAccountTracing?.current()?.trace

/** The present span, to be carried to another process. Undefined without tracing. */
export const currentTraceparent = (): Traceparent | undefined =>
  shared.recoveryAccountTracing?.current()?.traceparent

/** Runs `work` in a span. Without tracing it just runs. */
export function inSpan<Value>(
  name: string,
  facts: SpanFacts,
  work: () => Promise<Value>,
): Promise<Value> {
  const tracing = shared.recoveryAccountTracing
  return tracing ? tracing.inSpan(name, facts, work) : work()
}

/** Adds a word of the product to the present span. */
export function noteInSpan(name: string, value: string): void {
  shared.recoveryAccountTracing?.note(name, value)
}

/** Sends the spans that are not sent yet. */
export async function stopTracing(): Promise<void> {
  await shared.recoveryAccountTracing?.stop()
}
