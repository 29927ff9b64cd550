import { median } from '@/bench/support/figures'
import type { ContenderName } from './contenders'
import type { FlowName } from './flow'
import type { Round } from './round'
import type { Cell } from './rounds'

/** The figures of a flow at one contender: medians over its rounds. */
export type Summary = Round & {
  flow: FlowName
  contender: ContenderName
  /** CPU of the web process without the hashes, in milliseconds. */
  besideHashMs: number
  statements: number
  trips: number
  waits: number
  /** The least and the most requests per second of a round. */
  slowest: number
  fastest: number
}

/** The median of a figure over the rounds of a cell. */
export const middleOf =
  ({ rounds }: Pick<Cell, 'rounds'>) =>
  (name: keyof Round): number =>
    median(rounds.map((round) => round[name]))

/** Sums a cell up. `hashMs`: the CPU of one hash on this machine. */
export function summarise(cell: Cell, hashMs: number): Summary {
  const middle = middleOf(cell)
  const rates = cell.rounds.map(({ perSecond }) => perSecond)
  const { statements, trips, waits } = cell.use ?? NOT_COUNTED
  return {
    flow: cell.flow,
    contender: cell.contender.name,
    visits: middle('visits'),
    unavailable: cell.rounds.reduce((sum, round) => sum + round.unavailable, 0),
    perSecond: middle('perSecond'),
    ...{ p50Ms: middle('p50Ms'), p95Ms: middle('p95Ms'), p99Ms: middle('p99Ms') },
    ...{ webMs: middle('webMs'), mainThreadMs: middle('mainThreadMs') },
    ...{ postgresMs: middle('postgresMs'), driverShare: middle('driverShare') },
    besideHashMs: middle('webMs') - cell.hashes * hashMs,
    ...{ statements, trips, waits },
    ...{ slowest: Math.min(...rates), fastest: Math.max(...rates) },
  }
}

const NOT_COUNTED = { statements: Number.NaN, trips: Number.NaN, waits: Number.NaN }
