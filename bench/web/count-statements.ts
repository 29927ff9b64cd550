import { median } from '@/bench/support/figures'
import type { Send, Visit } from './flow'
import type { Traffic, WireProxy } from './wire-proxy'

const WARM_UP_VISITS = 20
const COUNTED_VISITS = 9

/** What one visit sends to PostgreSQL, in the middle of several, and the traffic of the last one. */
export type DatabaseUse = { statements: number; trips: number; waits: number; last: Traffic }

/** How many visits `countStatements` makes. */
export const VISITS_TO_COUNT = WARM_UP_VISITS + COUNTED_VISITS

/**
 * Counts statements and round trips of a visit. The visits come one after the other, to a web process
 * whose connections lead through `proxy`.
 */
export async function countStatements(
  visits: Iterator<Visit>,
  send: Send,
  proxy: WireProxy,
): Promise<DatabaseUse> {
  const counted: Traffic[] = []
  for (let nth = 0; nth < VISITS_TO_COUNT; nth++) {
    const next = visits.next()
    if (next.done) throw new Error('there are too few visits to count statements')
    proxy.reset()
    await next.value(send)
    if (nth >= WARM_UP_VISITS) counted.push(proxy.read())
  }
  const middle = (of: (traffic: Traffic) => number) => median(counted.map(of))
  return {
    statements: middle(({ statements }) => statements.length),
    trips: middle(({ trips }) => trips),
    waits: middle(({ waits }) => waits),
    last: counted.at(-1) ?? proxy.read(),
  }
}

/** Every statement of a visit on a line: number, round trip, connection, text. */
export function formatStatements({ statements }: Traffic): string {
  const first = statements[0]?.trip ?? 1
  return statements
    .map(({ connection, trip, text }, index) => {
      const place = `${index + 1}. trip ${trip - first + 1}, connection ${connection}`
      return `${place}: ${text.replace(/\s+/g, ' ').trim()}`
    })
    .join('\n')
}
