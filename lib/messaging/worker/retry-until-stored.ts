import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '@/lib/platform/log'

const PATIENCE_MS = 60_000
const PAUSE_MS = 250

/**
 * Stores what must not be lost: that a provider took a message, which would otherwise be sent again. A database that restarts
 * meanwhile is waited for; `store` may then happen twice.
 */
export async function retryUntilStored(store: () => Promise<void>): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (let attempt = 1; ; attempt++) {
    try {
      return await store()
    } catch (error) {
      if (performance.now() > giveUpAt) throw error
      if (attempt === 1)
        log.warn({ event: 'store_again', reason: error instanceof Error ? error.name : 'unknown' })
      await sleep(PAUSE_MS)
    }
  }
}
