import 'server-only'
import { Socket } from 'node:net'
import pg from 'pg'
import { env } from './env'
import { keyUser } from './key-user'
import { measurePool } from './metrics'

/**
 * A connection in use longer than this is replaced. With each new one a process tells which keys it
 * writes with (`lib/platform/key-recorder.ts`).
 */
const LIFETIME_SECONDS = 5 * 60

/** To open a connection, or to wait for a free one. */
const CONNECT_TIMEOUT_MS = 5_000
/** PostgreSQL itself ends a statement that takes longer, */
const STATEMENT_TIMEOUT_MS = 7_000
/** one that waits longer for a lock, */
const LOCK_TIMEOUT_MS = 5_000
/**
 * and a connection whose open transaction gets no statement. A transaction has at most 8 s
 * (`lib/platform/db.ts`): a process that keeps one open longer hangs or is cut off, and its locks
 * would stop others.
 */
const IDLE_TRANSACTION_TIMEOUT_MS = 10_000
/** Longer than the statement timeout, so only a broken connection is silent for so long. */
const SILENCE_TIMEOUT_MS = 8_000
/**
 * The system asks an idle connection for a sign of life after this time, then every second, and
 * gives up after ten. Its default is two hours.
 */
const KEEP_ALIVE_AFTER_MS = 5_000

/** Finds out within 15 s that the host at the other end is gone. */
export const KEEP_ALIVE = {
  keepAlive: true,
  keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
} as const

export type PoolOptions = Pick<
  pg.PoolConfig,
  'idleTimeoutMillis' | 'maxLifetimeSeconds' | 'options' | 'onConnect'
> & {
  /** Names it in the metrics. */
  name: string
  max: number
}

let isDirect = false

/**
 * Makes all connections that this process opens from now on lead to `DATABASE_DIRECT_URL`, for a
 * process that needs sessions: it listens, and holds locks while it lives.
 */
export function connectDirectly(): void {
  isDirect = true
}

/**
 * Whether the connections of this process lead through a pooler in transaction mode. It gives each
 * transaction another session, so there are no named statements and no settings of a session. It
 * also refuses start-up parameters.
 */
export const isPooled = (): boolean => !isDirect && env().DATABASE_DIRECT_URL !== undefined

/** Start-up parameters, by which PostgreSQL ends what takes too long. */
const SERVER_LIMITS = {
  statement_timeout: STATEMENT_TIMEOUT_MS,
  lock_timeout: LOCK_TIMEOUT_MS,
  idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
} as const

/**
 * A pool of connections to the database whose waits are bounded: 5 s to connect, 5 s for a lock, 7 s
 * for a statement (PostgreSQL then ends it with an error), 10 s for the next statement of a
 * transaction, 8 s without an answer (the connection is then closed and leaves the pool). The last
 * one is for a network that drops packets: without it a request waits until TCP gives up, a quarter
 * of an hour later. Through a pooler, the limits that PostgreSQL keeps are settings of the role.
 */
export function openPool({ name, ...options }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: (isDirect && env().DATABASE_DIRECT_URL) || env().DATABASE_URL,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...(!isPooled() && SERVER_LIMITS),
    ...KEEP_ALIVE,
    // Statements that do not wait for each other share a round trip.
    pipeline: true,
    ...(keyUser() === 'reader' && { options: '-c default_transaction_read_only=on' }),
    ...options,
  })
  measurePool(name, pool)
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
