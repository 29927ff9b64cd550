import type { Counter } from './limit-counts'
import type { Use } from './limit-uses'
import { timesOf } from './limits'
import { networksOf } from './networks'

/** What a browser asks for that is no known device. */
export type Wish = 'login' | 'reset' | 'register'

/** A counted limit: its free uses, and the effort of a proof for so many more. */
export type StrangerCounter = Counter & { free: number; effortOf: (excess: number) => number }

/**
 * Thousands of customers share an address of a carrier, so what a network sends makes proofs
 * necessary and harder, and refuses only far above that. A request that turned out to be a
 * customer's no longer counts.
 */
const NETWORK = { login: 50, reset: 30, register: 30 } as const
const SITES = 4
const NETWORK_STEP = 40

/** The effort doubles with each further request for one identifier. */
const HARDEST_FOR_IDENTIFIER = 16
/** The hardest proof that a network's traffic asks for: below three seconds on a slow phone. */
const HARDEST_FOR_NETWORK = 4

/** The effort of the proof that a request needs at these uses; 0 when it is free. */
export function effortOf(counters: readonly StrangerCounter[], uses: readonly Use[]) {
  const efforts = counters.map(({ free, effortOf }, nth) => {
    const excess = (uses[nth]?.count ?? 0) - free
    return excess < 0 ? 0 : effortOf(excess)
  })
  return Math.max(...efforts)
}

/** The counters of a request: that of its identifier first, then those of its networks. */
export function countersOf({
  wish,
  key,
  ip,
}: {
  wish: Wish
  key: string
  ip: string
}): StrangerCounter[] {
  const identifier: StrangerCounter = {
    name: `${wish}Identifier`,
    key,
    free: timesOf(`${wish}Free`),
    effortOf: (excess) => Math.min(HARDEST_FOR_IDENTIFIER, 2 ** excess),
  }
  return [identifier, ...networkCounters(wish, ip)]
}

/** The counters of the networks of an IP address. */
export function networkCounters(wish: Wish, ip: string): StrangerCounter[] {
  return networksOf(ip).map(({ name: key, size }) => {
    const isSite = size === 'site'
    const times = isSite ? SITES : 1
    return {
      name: isSite ? `${wish}Site` : `${wish}Network`,
      key,
      free: NETWORK[wish] * times,
      effortOf: (excess) =>
        Math.min(HARDEST_FOR_NETWORK, 1 + Math.floor(excess / (NETWORK_STEP * times))),
    } as const
  })
}
