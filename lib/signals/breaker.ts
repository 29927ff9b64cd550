import { log } from '@/lib/platform/log'
import type { Signal, SignalFailure } from './provider'

const LIMITS = {
  /**
   * So many numbers in a row without an answer open it. Each counts once, so nobody stops the
   * questions of all with one number. A refusal comes quickly and may concern the number alone.
   */
  numbers: { throttled: 1, failed: 3, refused: 10 },
  openSeconds: 30,
  /**
   * The longest pause that a provider can ask for. Live questions belong to codes that customers wait
   * for; without them a new SIM or a new owner is not noticed.
   */
  longestAskedSeconds: { live: 60, yearly: 60 * 60 },
  /** How long other questions wait while one tries the provider. */
  trialSeconds: 2,
} as const

/**
 * Keeps customers from waiting for a provider that does not work. Open, it admits no question; when
 * its time is over it admits one trial, whose end closes or reopens it. The ends of questions that
 * were put before it opened change nothing.
 */
export type Breaker = {
  /** Whether a question may be put now. */
  admits(now: Date): boolean
  /** The provider has answered a question. */
  close(): void
  /** A question about a number, named by its blind index, had no answer. */
  fail(
    failure: Pick<SignalFailure, 'kind' | 'afterSeconds' | 'message'>,
    number: string,
    now: Date,
  ): void
}

/** Who asks: a message that is to be sent, or the yearly check. */
type Asking = 'live' | 'yearly'

export function createBreaker(signal: Signal, asking: Asking): Breaker {
  const failing = new Set<string>()
  let state: 'closed' | 'open' | 'trying' = 'closed'
  let until = new Date(0)
  return {
    admits(now) {
      if (state === 'closed') return true
      if (now < until) return false
      state = 'trying'
      until = later(now, LIMITS.trialSeconds)
      return true
    },
    close() {
      if (state === 'open') return
      failing.clear()
      state = 'closed'
    },
    fail({ kind, afterSeconds = 0, message }, number, now) {
      if (state === 'open') return
      if (failing.size < LIMITS.numbers.refused) failing.add(number)
      if (state === 'closed' && failing.size < LIMITS.numbers[kind]) return
      const asked = Math.min(afterSeconds, LIMITS.longestAskedSeconds[asking])
      until = later(now, Math.max(LIMITS.openSeconds, asked))
      if (state === 'closed') {
        const why = { cause: kind, reason: message, until }
        log.warn({ event: 'number_signals_paused', signal, asking, ...why })
      }
      state = 'open'
    },
  }
}

function later(now: Date, seconds: number) {
  return new Date(now.getTime() + seconds * 1_000)
}
