import { readFileSync } from 'node:fs'
import { Logger, runMigrations, runTaskList } from 'graphile-worker'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { renderEmail } from '@/emails'
import { runWorker } from '@/lib/messaging'
import { adoptFormerJobs } from '@/lib/messaging/worker/former-jobs'
import { db, pool } from '@/lib/platform/db'
import { clear, listQueue, NOW, notice, read, sms, written } from '../support/messaging-actions'
import { PATIENCE, sendCodes } from './causes'

// The version before keeps the jobs of its messages in graphile-worker. Both versions run for a
// while on one database.

const logger = new Logger(() => () => {})

beforeAll(() => runMigrations({ pgPool: pool(), logger }))

beforeEach(async () => {
  await clear()
  await pool().query('DELETE FROM graphile_worker._private_jobs')
})

afterAll(() => pool().query('DROP SCHEMA graphile_worker CASCADE'))

/** Makes the messages what the version before writes: in no queue of ours, with a job each. */
async function asFormer(runAt: Date | null = null) {
  await db().message.updateMany({ data: { runAt: null, urgency: 1 } })
  await pool().query(
    `SELECT graphile_worker.add_jobs(array_agg(
      ROW('send', json_build_object('id', id), NULL, $1::timestamptz, 1000, id::text, 0, NULL)::graphile_worker.job_spec))
     FROM "Message"`,
    [runAt],
  )
}

const countJobs = async () =>
  (await pool().query('SELECT 1 FROM graphile_worker._private_jobs')).rowCount

describe('a job of the version before', () => {
  it('becomes a place in the queue, at its time and with its attempts, once', async () => {
    const [code, alert] = await written(sms(), sms(notice))
    await asFormer(NOW)
    await pool().query('UPDATE graphile_worker._private_jobs SET attempts = 2')
    const counts = await Promise.all(Array.from({ length: 5 }, () => adoptFormerJobs()))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2)
    expect(await listQueue()).toMatchObject([
      { id: code?.id, urgency: 0, runAt: NOW },
      { id: alert?.id, urgency: 1, runAt: NOW },
    ])
    expect([(await read(code?.id ?? '')).attempts, await countJobs()]).toEqual([2, 0])
  })

  it('stays with the worker of the version before that has begun it', async () => {
    await written(sms())
    await asFormer()
    await pool().query(
      `UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'w'`,
    )
    expect([await adoptFormerJobs(), await listQueue(), await countJobs()]).toEqual([0, [], 1])
  })

  it('that is other work becomes a task', async () => {
    await pool().query(`SELECT graphile_worker.add_job('used_up', '{"what":"codes"}')`)
    await adoptFormerJobs()
    expect(await db().task.findMany()).toMatchObject([
      { name: 'used_up', payload: { what: 'codes' }, attempts: 0 },
    ])
  })
})

it('going back, the statement of docs/operations.md leaves waiting messages to the version before, once', async () => {
  const [code, alert] = await written(sms(), sms(notice))
  const [statement = ''] =
    /WITH waiting AS.*?;/s.exec(readFileSync('docs/operations.md', 'utf8')) ?? []
  for (let time = 0; time < 2; time++) await pool().query(statement)
  const { rows } = await pool().query(
    'SELECT key, payload, priority FROM graphile_worker._private_jobs ORDER BY priority',
  )
  expect(rows).toMatchObject([
    { key: code?.id, payload: { id: code?.id }, priority: 0 },
    { key: alert?.id, payload: { id: alert?.id }, priority: 10 },
  ])
  expect(await listQueue()).toEqual([])
})

it('workers of both versions send every message once, those of dead ones included', async () => {
  const codes = await sendCodes(100)
  await asFormer()
  await pool().query(
    `UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'dead' WHERE id % 10 = 0`,
  )
  const sentByFormer = new Set<string>()
  const send = async (payload: unknown) => {
    const { id } = payload as { id: string }
    const settled = { sentAt: new Date(), provider: 'former', sealedBody: null }
    await db().message.update({ where: { id, sentAt: null }, data: settled })
    sentByFormer.add(id)
  }
  const worker = await runWorker({ renderEmail })
  const former = runTaskList(
    { concurrency: 1, pollInterval: 100, noHandleSignals: true, logger },
    { send },
    pool(),
  )
  const more = await sendCodes(50)
  const sent = () => db().message.count({ where: { sentAt: { not: null } } })
  await vi.waitFor(async () => expect(await sent()).toBe(codes.length + more.length), PATIENCE)
  await former.gracefulShutdown()
  await worker.stop()
  expect(await db().inboxMessage.count()).toBe(codes.length + more.length - sentByFormer.size)
  expect([await listQueue(), await countJobs()]).toEqual([[], 0])
}, 90_000)
