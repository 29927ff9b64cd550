import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '@/lib/platform/log'
import { beat } from './heartbeat'

const PATIENCE_MS = 60_000
const PAUSE_MS = 250

/**
 * Repeats `store` for up to a minute while the database fails. Used where a lost write would send
 * an accepted message again. `store` may succeed twice.
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
      beat()
      await sleep(PAUSE_MS)
    }
  }
}
