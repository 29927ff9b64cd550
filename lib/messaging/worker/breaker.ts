import { log } from '@/lib/platform/log'
import { metrics } from '@/lib/platform/metrics'

const LIMITS = {
  /** The number of outages in a row that opens a breaker. */
  outages: 5,
  /**
   * How long it stays open; each failed trial doubles the time. A provider can ask for more with
   * Retry-After.
   */
  firstOpenSeconds: 5,
  longestOpenSeconds: 60,
  longestAskedSeconds: 60 * 60,
  /** How long the other messages wait while one message tries the provider. */
  trialSeconds: 2,
} as const

/**
 * What a send shows about its provider: it works; it works and asks for a pause; it is down; or
 * unknown, because we aborted the send.
 */
export type Health =
  | { kind: 'up' }
  | { kind: 'throttled'; afterSeconds: number }
  | { kind: 'down'; afterSeconds?: number | undefined }
  | { kind: 'unknown' }

/**
 * A circuit breaker for one provider. Closed, it admits every send; open, none. When its time is
 * over it admits one trial, whose result closes or reopens it.
 */
export type Breaker = {
  /** Like `admit`, but admits nothing. */
  peek(now: Date): Date | undefined
  /**
   * Undefined admits one send, which must be reported. Otherwise the time before which no send is
   * admitted.
   */
  admit(now: Date): Date | undefined
  report(health: Health, now: Date): void
}

/** Returns the breaker of a provider, the same one for the same name. */
export type Breakers = (provider: string) => Breaker

/** Breakers for the providers of one process, all closed. */
export function createBreakers(): Breakers {
  const breakers = new Map<string, Breaker>()
  return (provider) => {
    const breaker = breakers.get(provider) ?? createBreaker(provider)
    breakers.set(provider, breaker)
    return breaker
  }
}

export function createBreaker(provider: string): Breaker {
  const closed = { outages: 0, openings: 0, isTrying: false, openUntil: null }
  let pausedUntil: Date | undefined
  let state: typeof closed | (Omit<typeof closed, 'openUntil'> & { openUntil: Date }) = closed

  const open = (now: Date, askedSeconds = 0) => {
    const ownSeconds = Math.min(
      LIMITS.longestOpenSeconds,
      LIMITS.firstOpenSeconds * 2 ** state.openings,
    )
    const openUntil = later(
      now,
      Math.max(ownSeconds, Math.min(LIMITS.longestAskedSeconds, askedSeconds)),
    )
    log.warn({ event: 'provider_out_of_order', provider, until: openUntil })
    state = { outages: state.outages, openings: state.openings + 1, isTrying: false, openUntil }
  }

  const peek = (now: Date) => {
    if (pausedUntil && now < pausedUntil) return pausedUntil
    if (!state.openUntil) return undefined
    if (now < state.openUntil) return state.openUntil
    return state.isTrying ? later(now, LIMITS.trialSeconds) : undefined
  }

  const show = () => metrics.breakers.set({ provider }, state.openUntil ? 1 : 0)
  show()
  return {
    peek,
    admit(now) {
      const wait = peek(now)
      if (state.openUntil && !wait) state = { ...state, isTrying: true }
      return wait
    },
    report(health, now) {
      if (health.kind === 'up' || health.kind === 'throttled') state = closed
      if (health.kind === 'throttled')
        pausedUntil = later(now, Math.min(LIMITS.longestAskedSeconds, health.afterSeconds))
      if (health.kind === 'unknown') state = { ...state, isTrying: false }
      if (health.kind === 'down') {
        state = { ...state, outages: state.outages + 1 }
        // The results of sends that started before it opened carry no new information.
        if (state.openUntil ? state.isTrying : state.outages >= LIMITS.outages)
          open(now, health.afterSeconds)
      }
      show()
    },
  }
}

function later(now: Date, seconds: number) {
  return new Date(now.getTime() + seconds * 1_000)
}
