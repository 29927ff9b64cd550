import pg from 'pg'
import { vi } from 'vitest'

/**
 * The SQL statements of `work`, in order, without parameters and without the number of inserted
 * rows. The wake-up of the workers is left out: it is sent at its own time, once for many commits.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    const calls = spy.mock.calls.map(([query], nth) => ({
      client: spy.mock.contexts[nth],
      text: textOf(query).replace(MORE_ROWS, ''),
    }))
    return withoutKeyRecords(calls).filter((text) => !text.includes('pg_notify'))
  } finally {
    spy.mockRestore()
  }
}

/**
 * Leaves out the transaction in which a new connection records the keys of its process. It depends on
 * when connections are opened, not on what the customer does.
 */
function withoutKeyRecords(calls: { client: unknown; text: string }[]): string[] {
  const isOfRecord = calls.map(() => false)
  calls.forEach(({ client, text }, nth) => {
    if (!text.includes("'key-use'")) return
    const ofClient = calls.flatMap((call, at) => (call.client === client ? [at] : []))
    const begin = ofClient.findLast((at) => at < nth) ?? nth
    const end = ofClient.find((at) => at > nth && ENDS.includes(calls[at]?.text ?? '')) ?? nth
    for (const at of ofClient) if (at >= begin && at <= end) isOfRecord[at] = true
  })
  return calls.filter((_, nth) => !isOfRecord[nth]).map(({ text }) => text)
}

const ENDS = ['COMMIT', 'ROLLBACK']

/** The rows after the first of a VALUES list: `), ($11, CAST($12 …`. */
const MORE_ROWS = /(?<=VALUES \((?:[^()]|\([^()]*\))*\))(?:,\s*\((?:[^()]|\([^()]*\))*\))+/

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  return query !== null && typeof query === 'object' && 'text' in query
    ? String(query.text)
    : 'unknown'
}
