import { log } from '@/lib/platform/log'

const LIMITS = {
  /** So many outages in a row open a breaker. */
  outages: 5,
  /** It is open for so long, doubled by every trial that fails, or for longer if the provider asks for that. */
  firstOpenSeconds: 5,
  longestOpenSeconds: 60,
  longestAskedSeconds: 60 * 60,
  /** While one message tries the provider out, the others come back after so long. */
  trialSeconds: 2,
} as const

/** What a send told of its provider: it answered; it is out of order; or nothing, because the send was cut short by us. */
export type Health =
  | { kind: 'up' }
  | { kind: 'down'; afterSeconds?: number | undefined }
  | { kind: 'unknown' }

/**
 * A circuit breaker for one provider. Closed, it admits every send. Open, it admits none. After its time it admits one send,
 * whose result closes or reopens it.
 */
export type Breaker = {
  /** Undefined admits one send, which is then to be reported; otherwise the time before which there is no use in asking. */
  admit(now: Date): Date | undefined
  report(health: Health, now: Date): void
}

/** The breaker of each provider by its name, the same one whenever asked. */
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

  return {
    admit(now) {
      if (!state.openUntil) return undefined
      if (now < state.openUntil) return state.openUntil
      if (state.isTrying) return later(now, LIMITS.trialSeconds)
      state = { ...state, isTrying: true }
      return undefined
    },
    report(health, now) {
      if (health.kind === 'up') state = closed
      if (health.kind === 'unknown') state = { ...state, isTrying: false }
      if (health.kind !== 'down') return
      state = { ...state, outages: state.outages + 1 }
      // Sends that began before it opened carry no new information.
      if (state.openUntil ? state.isTrying : state.outages >= LIMITS.outages)
        open(now, health.afterSeconds)
    },
  }
}

function later(now: Date, seconds: number) {
  return new Date(now.getTime() + seconds * 1_000)
}
