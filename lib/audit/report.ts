import { INVARIANTS, type Invariant } from './invariants'

/** Ids that are kept of each invariant. */
const IDS_KEPT = 100

/** What is wrong, where, and the id of the row. */
type Violation = { name: string; table: string; id: string }

/** What the audit found out about one invariant. */
export type Audited = {
  number: Invariant
  statement: string
  /** The number of rows and constraints that were checked. */
  rows: number
  violations: number
  /** The first hundred of them. */
  found: Violation[]
  /** What could not be checked, and why. */
  unchecked: string[]
}

export const newReport = (): Audited[] =>
  INVARIANTS.map(({ number, statement }) => ({
    number,
    statement,
    rows: 0,
    violations: 0,
    found: [],
    unchecked: [],
  }))

/** The lines of these invariants. */
export const linesOf = (report: readonly Audited[], numbers: readonly Invariant[]): Audited[] =>
  report.filter(({ number }) => numbers.includes(number))

export function addViolation(line: Audited, violation: Violation): void {
  line.violations++
  if (line.found.length < IDS_KEPT) line.found.push(violation)
}
