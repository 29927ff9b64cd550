import { URGENCIES, type Urgency } from '../content/urgency'

/** How often the less urgent get a turn while more urgent ones wait. */
const OTHERS_EVERY = 4

export type Turns<Item> = {
  add(urgency: Urgency, item: Item): void
  /** Removes an item that gives up; false when its turn has come. */
  remove(urgency: Urgency, item: Item): boolean
  /**
   * Removes and returns what has the next turn; undefined when nobody waits. Only the lines that
   * `isOpen` names are asked.
   */
  next(isOpen?: (urgency: Urgency) => boolean): Item | undefined
  /** Removes and returns all. */
  takeAll(): Item[]
  count(urgency?: Urgency): number
}

/**
 * Lines of different urgency for one resource. The most urgent goes first, but every fourth turn goes
 * to the others while they wait, and so on among the others. So a steady stream of codes delays a
 * notice, and does not stop it.
 */
export function createTurns<Item>(): Turns<Item> {
  const lines: Record<Urgency, Item[]> = { code: [], notice: [], bulk: [] }
  const turnsBeforeOthers: Record<Urgency, number> = { code: 0, notice: 0, bulk: 0 }

  const pick = ([urgency, ...others]: Urgency[]): Item | undefined => {
    if (!urgency) return undefined
    if (lines[urgency].length === 0) return pick(others)
    if (others.every((other) => lines[other].length === 0)) return lines[urgency].shift()
    turnsBeforeOthers[urgency] = (turnsBeforeOthers[urgency] + 1) % OTHERS_EVERY
    return turnsBeforeOthers[urgency] === 0 ? pick(others) : lines[urgency].shift()
  }
  return {
    add: (urgency, item) => void lines[urgency].push(item),
    remove(urgency, item) {
      const place = lines[urgency].indexOf(item)
      if (place >= 0) lines[urgency].splice(place, 1)
      return place >= 0
    },
    next: (isOpen = () => true) => pick(URGENCIES.filter(isOpen)),
    takeAll: () => URGENCIES.flatMap((urgency) => lines[urgency].splice(0)),
    count(urgency) {
      const counted = urgency ? [urgency] : URGENCIES
      return counted.map((one) => lines[one].length).reduce((sum, length) => sum + length, 0)
    },
  }
}
