import { URGENCIES, type Urgency } from '../content/urgency'
import { createTurns } from './turns'

/**
 * The part of the sends that messages of an urgency may have together with less urgent ones. The rest
 * stays free, so that a code does not wait for a provider that answers notices slowly, nor a notice
 * for one that answers bulk slowly.
 */
const SHARE: Record<Urgency, number> = { code: 1, notice: 0.75, bulk: 0.5 }

type Work = { urgency: Urgency; run: () => Promise<void> }

/** The sends of one channel. */
export type Lane = {
  /** Starts `run` in its turn. It must not reject. */
  add(work: Work): void
  /** How many more of an urgency may wait for their turn. */
  room(urgency: Urgency): number
  /** Drops what has not started. */
  clear(): void
  /** How many have ended so far. */
  ended(): number
  /** Whether as many run as may run. */
  isFull(): boolean
  /** Whether nothing runs and nothing waits. */
  isIdle(): boolean
}

/**
 * Runs at most `limit` sends at a time, codes first (`turns.ts`). As many of each urgency as may run
 * at a time may also wait, so that the next one starts at once. `onRoom` is called whenever one ends.
 */
export function createLane(limit: number, onRoom: () => void): Lane {
  const turns = createTurns<Work>()
  const running: Record<Urgency, number> = { code: 0, notice: 0, bulk: 0 }
  let ended = 0

  const countFrom = (urgency: Urgency) =>
    URGENCIES.slice(URGENCIES.indexOf(urgency))
      .map((one) => running[one])
      .reduce((sum, count) => sum + count, 0)
  const mostOf = (urgency: Urgency) => Math.max(1, Math.floor(limit * SHARE[urgency]))
  const isOpen = (urgency: Urgency) => countFrom(urgency) < mostOf(urgency)

  const start = () => {
    while (countFrom('code') < limit) {
      const work = turns.next(isOpen)
      if (!work) return
      running[work.urgency] += 1
      void work.run().finally(() => {
        running[work.urgency] -= 1
        ended += 1
        start()
        onRoom()
      })
    }
  }
  return {
    add(work) {
      turns.add(work.urgency, work)
      start()
    },
    room: (urgency) => mostOf(urgency) - turns.count(urgency),
    clear: () => void turns.takeAll(),
    ended: () => ended,
    isFull: () => countFrom('code') >= limit,
    isIdle: () => countFrom('code') + turns.count() === 0,
  }
}
