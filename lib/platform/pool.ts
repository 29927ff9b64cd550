import 'server-only'
import { Socket } from 'node:net'
import pg from 'pg'
import { env } from './env'

/** To open a connection, or to wait for a free one. */
const CONNECT_TIMEOUT_MS = 5_000
/** PostgreSQL itself ends a statement that takes longer, one that waits for a lock included. */
const STATEMENT_TIMEOUT_MS = 7_000
/** Longer than the statement timeout, so only a broken connection is silent for so long. */
const SILENCE_TIMEOUT_MS = 8_000

export type PoolOptions = Pick<pg.PoolConfig, 'idleTimeoutMillis' | 'options' | 'onConnect'> & {
  max: number
}

/**
 * A pool of connections to `DATABASE_URL` whose waits are bounded: 5 s to connect, 7 s for a
 * statement (PostgreSQL then ends it with an error), 8 s without an answer (the connection is then
 * closed and leaves the pool). The last one is for a network that drops packets: without it a
 * request waits until TCP gives up, a quarter of an hour later.
 */
export function openPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
    ...options,
  })
  // Without listeners, a connection that is lost would end the process. Its statement still fails.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    client.on('error', () => {})
    closeWhenUnanswered(client)
  })
  return pool
}

/**
 * Closes a connection whose statement gets no answer. An idle or listening connection may be silent
 * without limit.
 */
function closeWhenUnanswered(client: pg.PoolClient) {
  const { stream } = client.connection
  if (!(stream instanceof Socket)) return
  let answered = stream.bytesWritten
  // "drain": every statement that was sent has its answer.
  client.on('drain', () => {
    answered = stream.bytesWritten
  })
  stream.setTimeout(SILENCE_TIMEOUT_MS)
  stream.on('timeout', () => {
    if (stream.bytesWritten > answered)
      stream.destroy(new Error(`PostgreSQL gave no answer for ${SILENCE_TIMEOUT_MS} ms`))
  })
}
