import type { Invariant } from './invariants'

/** The tables that are read page by page, with the columns of their key. */
export const TABLES = {
  User: ['id'],
  Address: ['id'],
  Challenge: ['id'],
  FailureCount: ['account', 'path', 'scope'],
  SecurityEvent: ['id'],
  Message: ['id'],
  PointsEntry: ['id'],
  CaseAction: ['id'],
  SavedCode: ['id'],
  HeldPassword: ['id'],
} as const satisfies Record<string, readonly string[]>

export type Table = keyof typeof TABLES

/** What one row must not be. */
export type Check = {
  invariant: Invariant
  /** Names the violation beside the id of its row. */
  name: string
  table: Table
  /** True for a row, `r`, that violates the invariant. */
  broken: string
}
