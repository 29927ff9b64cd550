import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Content, sendMessages } from '@/lib/messaging'
import { db, transaction } from '@/lib/platform/db'
import { EMAIL, sendCode, TEST_MS, untilNoneWaits } from './causes'
import { startFakes } from './messaging-fakes'
import { killWorkerProcesses, startWorkerProcess } from './worker-process'

const RATE = 10
const BACKLOG = 100
/** Nobody uses less than four fifths of the rate; the rest is for a slow machine. */
const PATIENCE = { timeout: 60_000, interval: 200 }

const fakes = await startFakes()

beforeEach(() => {
  fakes.rates = { resend: RATE }
  fakes.refusedAsTooMany = 0
})

afterEach(killWorkerProcesses)

const startWorkers = (count: number, rate: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      startWorkerProcess(fakes.url, { RESEND_PER_SECOND: String(rate) }),
    ),
  )

/** Writes a backlog of equal e-mails. */
async function sendEmails(content: Content, count: number) {
  const now = new Date()
  const email = {
    to: EMAIL,
    channel: 'email' as const,
    content,
    locale: 'id' as const,
    expiresAt: new Date(now.getTime() + 60 * 60_000),
  }
  await transaction((tx) => sendMessages(tx, Array(count).fill(email), now))
}

const at = new Date().toISOString()
const WORDS = { what: 'A backup was read.', advice: 'Change your password.' }

const sendNotices = (count: number) =>
  sendEmails({ kind: 'notice', event: 'password_reset', at, device: '', reference: 'R-1' }, count)

const sendIncidents = (count: number) =>
  sendEmails({ kind: 'incident', at, reference: 'R-2', id: WORDS, en: WORDS }, count)

const sentIds = () => fakes.received.map(({ headers }) => String(headers['idempotency-key']))

it('two workers share the rate of a provider under a backlog: each message arrives once, and codes go first', {
  timeout: TEST_MS,
}, async () => {
  await sendNotices(BACKLOG)
  const workers = await startWorkers(2, RATE)
  await vi.waitFor(() => expect(fakes.received.length).toBeGreaterThan(RATE), PATIENCE)
  const code = await sendCode({ to: EMAIL })
  await vi.waitFor(() => expect(fakes.received.length).toBe(BACKLOG + 1), PATIENCE)
  await untilNoneWaits()

  expect(new Set(sentIds()).size).toBe(BACKLOG + 1)
  const place = fakes.received.findIndex(({ text }) => text.includes(code))
  expect(place).toBeLessThan(BACKLOG / 2)
  expect(fakes.refusedAsTooMany).toBeLessThan(BACKLOG / 10)
  expect(await Promise.all(workers.map((worker) => worker.end()))).toEqual([0, 0])
})

it('a provider that is slower than its setting is used again after the time that it asks for, and counts as working', {
  timeout: TEST_MS,
}, async () => {
  fakes.rates = { resend: 2 }
  await sendNotices(10)
  const [worker] = await startWorkers(1, 100)
  await vi.waitFor(() => expect(fakes.received.length).toBe(10), PATIENCE)
  await untilNoneWaits()
  expect(fakes.refusedAsTooMany).toBeGreaterThan(0)
  expect(await db().message.count({ where: { failedAt: { not: null } } })).toBe(0)
  expect(await worker?.end()).toBe(0)
})

it('codes that keep coming do not stop notices, and neither waits for what goes to very many', {
  timeout: TEST_MS,
}, async () => {
  // The provider refuses nothing: what it refuses comes back later, in another order.
  fakes.rates = {}
  const [codes, notices, incidents] = [24, 10, 20]
  await sendIncidents(incidents)
  await sendNotices(notices)
  for (let code = 0; code < codes; code++) await sendCode({ to: EMAIL })
  const [worker] = await startWorkers(1, RATE)
  await vi.waitFor(() => expect(fakes.received.length).toBe(codes + notices + incidents), PATIENCE)
  const rows = await db().message.findMany({ select: { id: true, kind: true } })
  const kinds = new Map(rows.map(({ id, kind }) => [id, kind.slice(0, 1)]))
  const order = sentIds()
    .map((id) => kinds.get(id))
    .join('')
  const begin = order.slice(0, codes)
  expect(begin.replaceAll(/[^c]/g, '').length).toBeGreaterThanOrEqual(codes / 2)
  expect(begin.replaceAll(/[^n]/g, '').length).toBeGreaterThanOrEqual(3)
  expect(begin.replaceAll(/[^i]/g, '').length).toBeLessThanOrEqual(4)
  expect(order.lastIndexOf('n')).toBeLessThan(codes + notices + incidents / 2)
  expect(await worker?.end()).toBe(0)
})
