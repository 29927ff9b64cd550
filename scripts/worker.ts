import { startReminders } from '@/lib/activity'
import { closeDb } from '@/lib/db'
import { env } from '@/lib/env'
import { runWorker } from '@/lib/messaging'
import { codeOf, fault, main } from './support/fault'
import { exitAfter, tellReady } from './support/stop'

const UNREACHABLE = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EAI_AGAIN',
  '28P01',
  '3D000',
  '57P03',
]

/** The worker process: sends the messages of the outbox, and reminds customers, until it is told to stop. */
await main(async () => {
  const { host } = new URL(env().DATABASE_URL)
  const worker = await runWorker().catch((error) => {
    if (!UNREACHABLE.includes(codeOf(error) ?? '')) throw error
    throw fault(`No database answers at ${host} (${codeOf(error)}). Check DATABASE_URL, and that PostgreSQL runs.`, error)
  })
  const reminders = startReminders()
  exitAfter(async () => {
    await reminders.stop()
    await worker.stop()
    await closeDb()
  })
  tellReady()
  await worker.done
})
