import pg from 'pg'
import { vi } from 'vitest'

/**
 * The SQL statements of `work`, in order, without parameters and without the number of inserted
 * rows.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    return spy.mock.calls.map(([query]) => textOf(query).replace(MORE_ROWS, ''))
  } finally {
    spy.mockRestore()
  }
}

/** The rows after the first of a VALUES list: `), ($11, CAST($12 …`. */
const MORE_ROWS = /(?<=VALUES \((?:[^()]|\([^()]*\))*\))(?:,\s*\((?:[^()]|\([^()]*\))*\))+/

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  return query !== null && typeof query === 'object' && 'text' in query
    ? String(query.text)
    : 'unknown'
}
