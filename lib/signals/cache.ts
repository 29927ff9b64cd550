import type { Signal, SignalAnswer } from './provider'

const SECONDS = {
  answer: 10 * 60,
  /**
   * A thief chooses the moment. A code that is asked for just before the new SIM works would hide the
   * swap for as long as this answer is kept.
   */
  noSwap: 60,
  /** The next attempt of a message, or the SMS behind a WhatsApp message, is not late once more. */
  unanswered: 30,
} as const

/** About 2 MB. The oldest entries make room. */
const MOST_ENTRIES = 10_000

/** An answer, or that the operator gave none. */
export type Known = SignalAnswer | 'unanswered'

/** What is known from questions before. The keys hold no number in clear. */
export function createCache() {
  const entries = new Map<string, { known: Known; from: number; until: number }>()
  return {
    /** What is known about a key, while it is young enough. */
    find(key: string, now: Date): Known | undefined {
      const entry = entries.get(key)
      const at = now.getTime()
      return entry && at >= entry.from && at < entry.until ? entry.known : undefined
    },

    /** Keeps what came of a question that was put. */
    keep(key: string, known: Known, { signal, now }: { signal: Signal; now: Date }): void {
      const from = now.getTime()
      entries.delete(key)
      entries.set(key, { known, from, until: from + lifetimeOf(signal, known) * 1_000 })
      const [oldest] = entries.keys()
      if (entries.size > MOST_ENTRIES && oldest !== undefined) entries.delete(oldest)
    },
  }
}

function lifetimeOf(signal: Signal, known: Known): number {
  if (known === 'unanswered') return SECONDS.unanswered
  return signal === 'sim_swap' && known === 'no' ? SECONDS.noSwap : SECONDS.answer
}
