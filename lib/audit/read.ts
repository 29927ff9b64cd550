import type pg from 'pg'
import { openPool } from '@/lib/platform/pool'

/** Reads rows in a transaction of its own, which cannot write. */
export type Read = <Row extends pg.QueryResultRow>(
  sql: string,
  values?: readonly unknown[],
) => Promise<Row[]>

const BEGIN = 'begin transaction isolation level repeatable read, read only'

/**
 * Runs `work` with one connection to the database. Each read is a read-only transaction: it sees one
 * state, takes no lock that a customer or a migration waits for longer than the statement, and is
 * ended by the limits of `lib/platform/pool.ts`. The pool of the product is not used: its connections
 * record their keys when they open.
 */
export async function withReader<Value>(work: (read: Read) => Promise<Value>): Promise<Value> {
  const pool = openPool({ name: 'audit', max: 1 })
  const read: Read = async (sql, values = []) => {
    const client = await pool.connect()
    let failed = true
    try {
      await client.query(BEGIN)
      const { rows } = await client.query(sql, [...values])
      await client.query('commit')
      failed = false
      return rows
    } finally {
      client.release(failed)
    }
  }
  return work(read).finally(() => pool.end())
}
