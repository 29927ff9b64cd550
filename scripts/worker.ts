import { startReminders } from '@/lib/activity'
import { closeDb } from '@/lib/db'
import { env } from '@/lib/env'
import { runWorker } from '@/lib/messaging'
import { describeUnreachable } from './support/database-error'
import { fault, main } from './support/fault'
import { exitAfter, tellReady } from './support/stop'

/** The worker process: sends the messages of the outbox, and reminds customers, until it is told to stop. */
await main(async () => {
  env()
  const worker = await runWorker().catch((error) => {
    const reason = describeUnreachable(error)
    throw reason ? fault(`The database of DATABASE_URL cannot be used: ${reason}.`) : error
  })
  const reminders = startReminders()
  exitAfter(async () => {
    await Promise.all([reminders.stop(), worker.stop()])
    await closeDb()
  })
  tellReady()
  await worker.done
})
