import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'

/**
 * Runs `work` now and at every interval, one run at a time, until `stop`. A failure is logged, and
 * the next run still happens.
 */
export function repeat(name: string, everyMs: number, work: () => Promise<void>) {
  const run = () =>
    work().catch((error) => log.warn({ event: `${name}_failed`, error: reportError(error) }))
  let latest = run()
  const timer = setInterval(() => {
    latest = latest.then(run)
  }, everyMs)
  return {
    stop() {
      clearInterval(timer)
      return latest
    },
  }
}
