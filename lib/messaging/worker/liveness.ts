import type pg from 'pg'
import { pool } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { openPool } from '@/lib/platform/pool'
import { repeat } from './repeat'

/**
 * How often locks are checked. A worker counts as dead after two checks in a row without its lock:
 * during one it may be reconnecting.
 */
const LOOK_EVERY_MS = 4_000

/**
 * PostgreSQL notices a host that went silent within 15 s; a process that dies closes its connection
 * at once. A proxy between the two may answer keepalives in place of the host: then the session
 * ends after 20 s without a check.
 */
const SESSION = [
  'tcp_keepalives_idle=5',
  'tcp_keepalives_interval=5',
  'tcp_keepalives_count=2',
  'idle_session_timeout=20000',
]
const SESSION_OPTIONS = SESSION.map((setting) => `-c ${setting}`).join(' ')

const UNLOCK_ALL = 'SELECT pg_advisory_unlock_all()'
const LOCK = 'SELECT pg_advisory_lock(hashtextextended(id, 0)) FROM unnest($1::text[]) AS id'
const FIND_LOCKLESS = `
  WITH holder AS MATERIALIZED (SELECT DISTINCT locked_by AS id FROM graphile_worker.jobs WHERE locked_by IS NOT NULL)
  SELECT id FROM holder WHERE pg_try_advisory_xact_lock(hashtextextended(id, 0))`
const FREE_JOBS = 'SELECT graphile_worker.force_unlock_workers($1::text[])'

/** The advisory locks by which workers show that they live, and the watch for workers that died. */
export type Liveness = {
  /**
   * Locks the id of a worker while this process lives. Must resolve before the worker takes its
   * first job.
   */
  hold(workerId: string): Promise<void>
  /** Unlocks the id of a worker. Other workers take over the jobs that it still holds. */
  letGo(workerId: string): Promise<void>
  close(): Promise<void>
}

/**
 * Holds the locks of this process's workers on a separate connection, which PostgreSQL closes when
 * the process ends, and frees the jobs of workers whose lock is free. Without it, the queue frees
 * them after four hours.
 */
export function openLiveness(): Liveness {
  const held = new Set<string>()
  const relock = async (session: pg.Pool | pg.ClientBase) => {
    await session.query(UNLOCK_ALL)
    await session.query(LOCK, [[...held]])
  }
  // One connection that stays open. A new one after a loss takes the locks before it is used.
  const session = openPool({
    max: 1,
    idleTimeoutMillis: 0,
    options: SESSION_OPTIONS,
    onConnect: relock,
  })
  session.on('error', ({ message }) => log.warn({ event: 'worker_lock_lost', reason: message }))
  let pending: Promise<void> | undefined
  // All workers of a process start at the same time: one statement locks all ids.
  const relockSoon = () => {
    pending ??= Promise.resolve().then(() => {
      pending = undefined
      return relock(session)
    })
    return pending
  }
  const watch = startWatch(session)
  return {
    hold(workerId) {
      held.add(workerId)
      return relockSoon()
    },
    letGo(workerId) {
      held.delete(workerId)
      return relockSoon()
    },
    async close() {
      await watch.stop()
      await session.end()
    },
  }
}

function startWatch(session: pg.Pool) {
  let suspects: string[] = []
  const look = async () => {
    // Checks the own connection first: a process that lost its locks must not free the jobs of its
    // own workers.
    await session.query('SELECT 1')
    const lockless = await findLockless()
    const dead = lockless.filter((id) => suspects.includes(id))
    suspects = lockless
    if (dead.length > 0) await freeJobs(dead)
  }
  return repeat('worker_watch', LOOK_EVERY_MS, look)
}

async function findLockless(): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(FIND_LOCKLESS)
  return rows.map(({ id }) => id)
}

async function freeJobs(workers: string[]) {
  log.warn({ event: 'worker_dead', workers })
  await pool().query(FREE_JOBS, [workers])
}
