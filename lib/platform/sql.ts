import 'server-only'
import type pg from 'pg'
import { pool } from './db'
import { isPooled } from './pool'
import { afterCommit, writeAfterCommit } from './security-log'
import { type AnyTx, runIn, type Sql, type Statement, statement } from './statement'

/** Runs one statement outside a transaction. */
export async function run<Row>(
  { name, text }: Statement<Row>,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await pool().query(configOf(name, text, values))
  return rows
}

/** Runs each statement by itself, on any connection. */
export const onPool: Sql = { run }

/** Runs reads on one connection. Those that are begun together share a round trip. */
export async function readTogether<Value>(read: (sql: Sql) => Promise<Value>): Promise<Value> {
  const client = await pool().connect()
  const { sql, sent } = remember(sqlOn(client))
  try {
    return await read(sql)
  } finally {
    // After a failure, others may still be on their way.
    await Promise.allSettled(sent)
    client.release()
  }
}

/**
 * Runs `work` in one transaction: all of it commits, or none. Statements whose answers `work` does
 * not wait for (`sendIn`) share a round trip with the commit; one that fails rolls everything back,
 * and its error is thrown. Security events that `work` logs are written after the commit.
 */
export function sqlTransaction<Value>(work: (sql: Sql) => Promise<Value>): Promise<Value> {
  return writeAfterCommit(async () => {
    const client = await pool().connect()
    const { sql, sent } = remember(sqlOn(client))
    try {
      void sql.run(BEGIN, [])
      const value = await work({ ...sql, send: (...given) => void sql.run(...given) })
      await commit(client, sent)
      client.release()
      return value
    } catch (error) {
      await rollBack(client)
      throw (await firstFailure(sent)) ?? error
    }
  })
}

/**
 * Sends a statement like `sendIn`, and gives its rows to `use` when the transaction has committed.
 * `use` must not throw.
 */
export async function sendForRows<Row>(
  tx: AnyTx,
  sent: Statement<Row>,
  values: readonly unknown[],
  use: (rows: Row[]) => void,
): Promise<void> {
  let rows: Row[] = []
  const answered = runIn(tx, sent, values).then((answer) => {
    rows = answer
  })
  // The commit waits for the answer, and fails if the statement fails.
  if ('run' in tx && tx.send) answered.catch(() => {})
  else await answered
  afterCommit(() => use(rows))
}

const BEGIN = statement('begin', 'begin')

/**
 * Keeps the answers of statements. One that nobody waits for is looked at later, so its failure is no
 * unhandled one.
 */
function remember({ run }: Sql) {
  const sent: Promise<unknown>[] = []
  const sql: Sql = {
    run(statement, values) {
      const rows = run(statement, values)
      rows.catch(() => {})
      sent.push(rows)
      return rows
    },
  }
  return { sql, sent }
}

/** After a statement has failed, those behind it fail too, with an error that says nothing. */
async function firstFailure(sent: readonly Promise<unknown>[]): Promise<unknown> {
  const settled = await Promise.allSettled(sent)
  return settled.find((answer) => answer.status === 'rejected')?.reason
}

/** The commit is sent with the last statements. After a failed one, PostgreSQL rolls back instead. */
async function commit(client: pg.PoolClient, sent: readonly Promise<unknown>[]) {
  writeTogether(client)
  const committed = client.query('commit')
  committed.catch(() => {})
  await Promise.all(sent)
  const { command } = await committed
  if (command !== 'COMMIT') throw new Error(`a transaction ended with ${command}`)
}

/** A connection that cannot even roll back leaves the pool. */
async function rollBack(client: pg.PoolClient) {
  try {
    await client.query('rollback')
    client.release()
  } catch (error) {
    client.release(error instanceof Error ? error : true)
  }
}

const sqlOn = (client: pg.PoolClient): Sql => ({
  async run({ name, text }, values) {
    writeTogether(client)
    const { rows } = await client.query(configOf(name, text, values))
    return rows
  },
})

/**
 * Writes what is sent before the process turns to something else at once. Each write of its own is a
 * system call, and wakes PostgreSQL.
 */
function writeTogether({ connection: { stream } }: pg.PoolClient) {
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** Through a pooler in transaction mode, a connection does not keep named statements. */
const configOf = (name: string, text: string, values: readonly unknown[]) => ({
  ...(!isPooled() && { name }),
  text,
  values: [...values],
})
