import { log } from '@/lib/platform/log'

/**
 * Runs `work` now and at every interval, one run at a time, until `stop`. A failure is logged, and
 * the next run still happens.
 */
export function repeat(name: string, everyMs: number, work: () => Promise<void>) {
  const run = () =>
    work().catch((error: Error) => log.warn({ event: `${name}_failed`, reason: error.message }))
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
