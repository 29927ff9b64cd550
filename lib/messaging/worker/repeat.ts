import { log } from '@/lib/platform/log'

/** Does `work` now and every so often, one at a time. A failure is told and forgotten: the next time is another chance. */
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
