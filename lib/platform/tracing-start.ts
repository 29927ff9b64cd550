import { env } from './env'
import { setTracing } from './tracing'

/**
 * Starts to send traces to OTEL_EXPORTER_OTLP_ENDPOINT. Without that variable nothing is loaded and
 * nothing measured.
 */
export async function startTracing(service: 'web' | 'worker'): Promise<void> {
  if (!env().OTEL_EXPORTER_OTLP_ENDPOINT) return
  const { createTracing } = await import('./tracing-sdk')
  setTracing(createTracing(`recovery-account-${service}`))
}
