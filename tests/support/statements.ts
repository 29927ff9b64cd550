import pg from 'pg'
import { vi } from 'vitest'

/** The SQL that a work sends to PostgreSQL, in order, without its parameters and without how many rows one statement inserts. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    return spy.mock.calls.map(([query]) => textOf(query).replace(MORE_ROWS, ''))
  } finally {
    spy.mockRestore()
  }
}

/** `), ($11, CAST($12 …` behind the first row of a VALUES list. */
const MORE_ROWS = /(?<=VALUES \((?:[^()]|\([^()]*\))*\))(?:,\s*\((?:[^()]|\([^()]*\))*\))+/

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  return query !== null && typeof query === 'object' && 'text' in query
    ? String(query.text)
    : 'unknown'
}
