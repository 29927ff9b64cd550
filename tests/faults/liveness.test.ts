import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WAKE_UP_CHANNEL } from '@/lib/messaging/outbox/wake-up'
import { type Liveness, openLiveness } from '@/lib/messaging/worker/liveness'
import { db, pool } from '@/lib/platform/db'

/** The connection is checked every four seconds. */
const REPAIRED = { timeout: 6_000, interval: 50 }

const onWake = vi.fn()
let liveness: Liveness

beforeEach(async () => {
  await db().messageWorker.deleteMany()
  liveness = openLiveness(onWake)
})

afterEach(() => liveness.close())

const notify = async () => {
  onWake.mockClear()
  await pool().query('SELECT pg_notify($1, $2)', [WAKE_UP_CHANNEL, ''])
  await vi.waitFor(() => expect(onWake).toHaveBeenCalled(), 10_000)
}

const isLocked = async (id: string) => {
  const { rows } = await pool().query<{ free: boolean }>(
    'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS free',
    [id],
  )
  return rows[0]?.free === false
}

it('a worker that loses its connection locks its id and listens again within five seconds', async () => {
  const id = await liveness.begin()
  await notify()
  expect(await isLocked(id)).toBe(true)
  await db().messageWorker.deleteMany()
  onWake.mockClear()
  await pool().query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database =
      (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  // It may have missed messages, so it looks for them.
  await vi.waitFor(() => expect(onWake).toHaveBeenCalled(), REPAIRED)
  await vi.waitFor(async () => expect(await isLocked(id)).toBe(true), REPAIRED)
  expect(await db().messageWorker.findMany({ select: { id: true } })).toEqual([{ id }])
  await notify()
})

it('an id that is ended is free, and its messages are for others', async () => {
  const id = await liveness.begin()
  await liveness.end(id)
  expect(await isLocked(id)).toBe(false)
})
