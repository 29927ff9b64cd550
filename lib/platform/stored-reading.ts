import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { pool } from './db'
import { metrics } from './metrics'

/** Several readers of the metrics share one query in this time. */
const FRESH_MS = 10_000
const LIMIT_MS = 2_000

type Query = { text: string; values: unknown[] }

/**
 * Returns a function that reads rows for gauges: at most once in 10 s, and one query at a time. It
 * never throws and takes at most 2 s, after which PostgreSQL ends the statement too. Undefined when
 * the rows could not be read, which is counted by `name`.
 */
export function storedReading<Row extends pg.QueryResultRow>(
  name: string,
  queryAt: (now: Date) => Query,
): () => Promise<readonly Row[] | undefined> {
  let rows: Promise<readonly Row[] | undefined> | undefined
  let isPending = false
  let readAt = Number.NEGATIVE_INFINITY

  const read = async () => {
    isPending = true
    readAt = performance.now()
    try {
      return await run<Row>(queryAt(new Date()))
    } catch {
      return undefined
    } finally {
      isPending = false
    }
  }
  return async () => {
    if (!rows || (!isPending && performance.now() - readAt > FRESH_MS)) rows = read()
    const found = await Promise.race([rows, sleep(LIMIT_MS, undefined, { ref: false })])
    if (!found) metrics.unreadGauges.inc({ reading: name })
    return found
  }
}

async function run<Row extends pg.QueryResultRow>({ text, values }: Query) {
  const client = await pool().connect()
  try {
    await client.query('begin read only')
    await client.query(`set local statement_timeout = ${LIMIT_MS}`)
    const { rows } = await client.query<Row>(text, values)
    await client.query('commit')
    client.release()
    return rows
  } catch (error) {
    client.release(true)
    throw error
  }
}
