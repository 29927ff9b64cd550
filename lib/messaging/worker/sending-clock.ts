import { log } from '@/lib/platform/log'

/** A wake-up takes far less. */
const TOLERANCE_MS = 60_000
/** An older wake-up says nothing: the clock that counts on stands still while a host is suspended. */
const STALE_MS = 10 * 60_000

export type SendingClock = {
  /** What time it is for the sender. */
  now: () => Date
  /** Takes the time of the process that has just sent a wake-up. */
  compare: (payload: string | undefined) => void
}

/**
 * The clock of a sender. One that is more than a minute ahead of web would settle codes as expired that
 * have just been asked for. It then follows the web process that woke it last, and logs that once. It
 * counts on from there without the system's clock, so it notices a step at once. A wake-up counts for ten
 * minutes. One of the version before does not have the time.
 */
export function createSendingClock(): SendingClock {
  let woken: { webMs: number; at: number } | undefined
  let isAhead = false
  const webMs = () => {
    const passed = woken ? performance.now() - woken.at : 0
    return woken && passed < STALE_MS ? woken.webMs + passed : Date.now()
  }
  return {
    now() {
      const aheadMs = Date.now() - webMs()
      const wasAhead = isAhead
      isAhead = aheadMs > TOLERANCE_MS
      if (isAhead && !wasAhead)
        log.error({ event: 'worker_clock_ahead', seconds: Math.round(aheadMs / 1_000) })
      return new Date(isAhead ? webMs() : Date.now())
    },
    compare(payload) {
      if (payload && /^\d{1,15}$/.test(payload))
        woken = { webMs: Number(payload), at: performance.now() }
    },
  }
}
