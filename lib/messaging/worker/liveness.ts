import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { pool } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { openPool } from '@/lib/platform/pool'
import { WAKE_UP_CHANNEL } from '../outbox/wake-up'
import { giveBack } from './claims'
import { createFormerWatch } from './former-jobs'
import { repeat } from './repeat'

/**
 * How often locks are checked. A worker counts as dead after two checks in a row without its lock:
 * during one it may be reconnecting.
 */
const LOOK_EVERY_MS = 4_000

/** Longer than a statement of a dead worker may still run, which claims messages for it. */
const FORGOTTEN_AFTER_MS = 60_000

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
const REGISTER = `
  INSERT INTO "MessageWorker" (id, "startedAt") SELECT id, $2 FROM unnest($1::uuid[]) AS id ON CONFLICT DO NOTHING`
const LOCK = 'SELECT pg_advisory_lock(hashtextextended(id, 0)) FROM unnest($1::text[]) AS id'
const LISTEN = `LISTEN "${WAKE_UP_CHANNEL}"`
const FIND_LOCKLESS = `
  WITH worker AS MATERIALIZED (SELECT id::text FROM "MessageWorker")
  SELECT id FROM worker WHERE pg_try_advisory_xact_lock(hashtextextended(id, 0))`
const FORGET = 'DELETE FROM "MessageWorker" WHERE id = ANY($1::uuid[])'

/** The advisory locks by which workers show that they live, and the watch for workers that died. */
export type Liveness = {
  /** Registers a new worker of this process and locks its id. It may claim messages afterwards. */
  begin(): Promise<string>
  /** Unlocks the id of a worker. What it still claims is given back. */
  end(workerId: string): Promise<void>
  close(): Promise<void>
}

/**
 * Holds the locks of this process's workers on a separate connection, which PostgreSQL closes when
 * the process ends, and gives back the messages of workers whose lock is free. The same connection
 * listens for new messages: `onWake` is called for them, with the payload, and when it was opened anew. Within 4 s it
 * is checked, and opened again after a loss.
 */
export function openLiveness(onWake: (payload?: string) => void): Liveness {
  const held = new Set<string>()
  let isStale = false
  const relock = async (session: pg.Pool | pg.ClientBase) => {
    isStale = true
    await session.query(UNLOCK_ALL)
    await session.query(REGISTER, [[...held], new Date()])
    await session.query(LOCK, [[...held]])
    isStale = false
  }
  // One connection that stays open. A new one after a loss takes the locks before it is used.
  const session = openPool({
    name: 'liveness',
    max: 1,
    idleTimeoutMillis: 0,
    maxLifetimeSeconds: 0,
    options: SESSION_OPTIONS,
    async onConnect(client) {
      client.on('notification', ({ payload }) => onWake(payload))
      await client.query(LISTEN)
      await relock(client)
      onWake()
    },
  })
  session.on('error', ({ message }) => log.warn({ event: 'worker_lock_lost', reason: message }))
  const check = async () => {
    await (isStale ? relock(session) : session.query('SELECT 1'))
  }
  const watch = startWatch(check, onWake)
  return {
    async begin() {
      const workerId = randomUUID()
      held.add(workerId)
      await relock(session).catch((error) => {
        held.delete(workerId)
        throw error
      })
      return workerId
    },
    async end(workerId) {
      held.delete(workerId)
      await relock(session)
    },
    async close() {
      await watch.stop()
      await session.end()
    },
  }
}

function startWatch(checkOwn: () => Promise<void>, onWake: () => void) {
  const freeFormerJobs = createFormerWatch()
  let suspects = new Map<string, number>()
  const look = async () => {
    // The own connection first: a process that lost its locks must not give back the messages of its
    // own workers.
    await checkOwn()
    const now = performance.now()
    const lockless = await findLockless()
    const dead = lockless.filter((id) => suspects.has(id))
    suspects = new Map(lockless.map((id) => [id, suspects.get(id) ?? now]))
    if (dead.length > 0 && (await takeOver(dead)) > 0) onWake()
    await forget(dead.filter((id) => now - (suspects.get(id) ?? now) > FORGOTTEN_AFTER_MS))
    await freeFormerJobs()
  }
  return repeat('worker_watch', LOOK_EVERY_MS, look)
}

async function findLockless(): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(FIND_LOCKLESS)
  return rows.map(({ id }) => id)
}

async function takeOver(workers: string[]): Promise<number> {
  const messages = await giveBack(workers)
  if (messages > 0) log.warn({ event: 'worker_dead', workers, messages })
  return messages
}

async function forget(workers: string[]) {
  if (workers.length > 0) await pool().query(FORGET, [workers])
}
