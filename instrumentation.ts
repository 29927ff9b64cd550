import type { Instrumentation } from 'next'

let logFailure: Instrumentation.onRequestError | undefined

/**
 * Called by Next once, before the first request. Next also compiles this file for its edge runtime,
 * which the product does not use and which lacks the modules of Node.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { logRequestFailure } = await import('@/lib/platform/request-failure')
    const { startTracing } = await import('@/lib/platform/tracing-start')
    logFailure = logRequestFailure
    await startTracing('web')
  }
}

/** Called by Next for every request that fails. The status of the answer is decided right after it. */
export const onRequestError: Instrumentation.onRequestError = (...failure) =>
  logFailure?.(...failure)
