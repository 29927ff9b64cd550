import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'

/**
 * Runs `work` now and at every interval, one run at a time, until `stop`, which aborts the signal of
 * `work` and waits for the present run. A failure is logged, and the next run still happens.
 */
export function repeat(
  name: string,
  everyMs: number,
  work: (stopping: AbortSignal) => Promise<void>,
) {
  const stopping = new AbortController()
  const run = () =>
    work(stopping.signal).catch((error) =>
      log.warn({ event: `${name}_failed`, error: reportError(error) }),
    )
  let latest = run()
  const timer = setInterval(() => {
    latest = latest.then(run)
  }, everyMs)
  return {
    stop() {
      clearInterval(timer)
      stopping.abort()
      return latest
    },
  }
}
