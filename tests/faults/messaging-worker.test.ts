import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { renderEmail } from '@/emails'
import {
  findInboxEntry,
  listInbox,
  type RunningWorker,
  runWorker,
  sendMessages,
} from '@/lib/messaging'
import { db, pool, transaction } from '@/lib/platform/db'
import { CODE, clear, email, listQueue, sms } from '../support/messaging-actions'
import { NO_CEILINGS } from '../support/provider-environment'

const WITHIN = { timeout: 18_000, interval: 50 }

const workers: RunningWorker[] = []

async function start(count: number) {
  for (let index = 0; index < count; index++)
    workers.push(await runWorker({ renderEmail: renderEmail }))
}

beforeAll(() => {
  for (const [name, value] of Object.entries(NO_CEILINGS)) vi.stubEnv(name, value)
})
beforeEach(clear)
afterAll(() => void vi.unstubAllEnvs())

afterEach(async () => {
  await Promise.all(workers.splice(0).map(({ stop }) => stop()))
})

/** Messages of the present time, because a worker uses the system clock. */
async function send(count: number) {
  const now = new Date()
  const expiresAt = new Date(now.getTime() + 600_000)
  const messages = Array.from({ length: count }, (_, index) => ({
    ...(index % 2 ? sms() : email()),
    expiresAt,
  }))
  await transaction((tx) => sendMessages(tx, messages, now))
}

/** The number of messages that were read so far, once every connection has reported its statistics. */
async function countReads() {
  await vi.waitFor(async () => expect(await listQueue()).toEqual([]), WITHIN)
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  const [row] = await db().$queryRaw<{ reads: number }[]>`
    SELECT (seq_tup_read + idx_tup_fetch)::int AS reads FROM pg_stat_user_tables WHERE relname = 'Message'`
  return row?.reads ?? Number.NaN
}

const untilSent = (count: number) =>
  vi.waitFor(
    async () => expect(await db().message.count({ where: { sentAt: { not: null } } })).toBe(count),
    WITHIN,
  )

describe('a worker', () => {
  it('sends earlier and new messages, and leaves none in the queue', async () => {
    await send(3)
    await start(1)
    await untilSent(3)
    await send(2)
    await untilSent(5)
    await vi.waitFor(async () => expect(await listQueue()).toEqual([]), WITHIN)
    const arrived = await listInbox(null, 10)
    expect(arrived.every(({ text }) => text.includes(CODE))).toBe(true)
    for (const { id, channel, html } of arrived) {
      expect(html?.includes(CODE) ?? false).toBe(channel === 'email')
      expect(await findInboxEntry(id)).toMatchObject({ id, channel })
    }
    expect(await findInboxEntry(randomUUID())).toBeNull()
  })

  it('shares the queue with other workers, and each message is sent once', async () => {
    await start(3)
    await Promise.all(Array.from({ length: 10 }, () => send(12)))
    await untilSent(120)
    expect(await db().message.groupBy({ by: ['attempts'], _count: true })).toEqual([
      { attempts: 1, _count: 120 },
    ])
    expect(await db().inboxMessage.count()).toBe(120)
  })

  it('is not delayed by a locked message', async () => {
    await send(5)
    const someone = await pool().connect()
    try {
      await someone.query('BEGIN')
      await someone.query('SELECT id FROM "Message" LIMIT 1 FOR UPDATE')
      await start(1)
      await untilSent(4)
    } finally {
      await someone.query('ROLLBACK')
      someone.release()
    }
    await untilSent(5)
    expect(await db().inboxMessage.count()).toBe(5)
  })

  it('reads a few rows to find the next messages, even with a plan made for an empty table', async () => {
    await start(1)
    await send(10)
    await untilSent(10)
    await vi.waitFor(async () => expect(await listQueue()).toEqual([]), WITHIN)
    await db().$executeRaw`VACUUM (ANALYZE) "Message"`
    await send(1)
    await untilSent(11)
    const before = await countReads()
    await send(600)
    await untilSent(611)
    const reads = (await countReads()) - before
    expect(reads).toBeLessThan(600 * 50)
  })

  it('stops when it is idle, and reports it', async () => {
    await start(1)
    const [worker] = workers.splice(0)
    await worker?.stop()
    expect(await worker?.done).toBeUndefined()
  })

  it('survives the loss of every database connection', async () => {
    await start(1)
    await send(1)
    await untilSent(1)
    await vi.waitFor(async () => expect(await listQueue()).toEqual([]), WITHIN)
    await db().$queryRaw`
      SELECT count(pg_terminate_backend(pid))::int FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
    await vi.waitFor(() => send(1), WITHIN)
    await untilSent(2)
  })
})
