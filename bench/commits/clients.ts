import { randomUUID } from 'node:crypto'
import pg from 'pg'
import * as z from 'zod'
import { monotonicMs } from '@/bench/support/clock'
import { wakeWorkers } from '@/lib/messaging/outbox/wake-up'
import { env } from '@/lib/platform/env'

// A process of the benchmark: so many clients commit transactions, each as fast as it can.
const CommitRequest = z.object({
  kind: z.enum(['row', 'message', 'job']),
  clients: z.number(),
  seconds: z.number(),
})

const CAUSE = `INSERT INTO "ReadinessCheck" ("processId", at) VALUES ($1, $2)`

/** The columns that `sendMessages` writes. */
const MESSAGE = `
  INSERT INTO "Message" (id, channel, kind, "sealedTo", "sealedBody", locale, "createdAt", "expiresAt", urgency, "runAt")
  VALUES ($1, 'sms', 'code.reset_password', $2, $3, 'id', $4, $5, 0, $6)`

/** As the version before did in the same transaction. */
const JOB = `
  SELECT count(*) FROM graphile_worker.add_jobs(ARRAY[
    ROW('send', json_build_object('id', $1::text), NULL, NULL, 1000, $1, 0, NULL)::graphile_worker.job_spec])`

/** As long as an encrypted address and an encrypted code. */
const SEALED_TO = `k1.${'A'.repeat(60)}`
const SEALED_BODY = `k1.${'B'.repeat(180)}`
const LIFETIME_MS = 600_000

type Kind = z.output<typeof CommitRequest>['kind']

/** The transaction of a cause and its message, with or without a place in a queue. */
async function commit(client: pg.Client, kind: Kind) {
  const id = randomUUID()
  const now = new Date()
  const expiresAt = new Date(now.getTime() + LIFETIME_MS)
  await client.query('BEGIN')
  await client.query(CAUSE, [randomUUID(), now])
  const runAt = kind === 'message' ? now : null
  await client.query(MESSAGE, [id, SEALED_TO, SEALED_BODY, now, expiresAt, runAt])
  if (kind === 'job') await client.query(JOB, [id])
  await client.query('COMMIT')
  if (kind === 'message') wakeWorkers()
}

async function connect() {
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  return client
}

process.on('message', async (message) => {
  const { kind, clients: count, seconds } = CommitRequest.parse(message)
  const clients = await Promise.all(Array.from({ length: count }, connect))
  const start = monotonicMs()
  const endAt = start + seconds * 1_000
  let commits = 0
  const run = async (client: pg.Client) => {
    for (; monotonicMs() < endAt; commits++) await commit(client, kind)
  }
  await Promise.all(clients.map(run))
  const perSecond = (commits * 1_000) / (monotonicMs() - start)
  await Promise.all(clients.map((client) => client.end()))
  process.send?.(perSecond)
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
