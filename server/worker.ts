import { renderEmail } from '@/emails'
import { tellUsedUp, USED_UP_TASK } from '@/lib/activity'
import { startReminders } from '@/lib/contacts'
import { runWorker } from '@/lib/messaging'
import { cliError, main } from '@/lib/platform/command'
import { describeUnreachable } from '@/lib/platform/database-error'
import { closeDb } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { exitAfter, reportReady } from '@/lib/platform/shutdown'

const tasks = { [USED_UP_TASK]: tellUsedUp }

/**
 * The worker process: sends the messages of the outbox and the yearly reminders until a signal to
 * stop.
 */
await main(async () => {
  env()
  const worker = await runWorker({ renderEmail, tasks }).catch((error) => {
    const reason = describeUnreachable(error)
    throw reason ? cliError(`The database of DATABASE_URL cannot be used: ${reason}.`) : error
  })
  const reminders = startReminders()
  exitAfter(async () => {
    await Promise.all([reminders.stop(), worker.stop()])
    await closeDb()
  })
  reportReady()
  await worker.done
})
