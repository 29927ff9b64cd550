import { renderEmail } from '@/emails'
import { startVerification, tellUsedUp, USED_UP_TASK } from '@/lib/activity'
import { checkNumber, startReminders } from '@/lib/contacts'
import { runWorker, showMessagingGauges } from '@/lib/messaging'
import { startErasures, startRetention } from '@/lib/personal-data'
import { cliError } from '@/lib/platform/command'
import { describeUnreachable } from '@/lib/platform/database-error'
import { isUnclosedRestore } from '@/lib/platform/database-identity'
import { closeDb, pool } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { isKeyRefusal } from '@/lib/platform/key-recorder'
import { declareKeyUser } from '@/lib/platform/key-user'
import { measureProcess } from '@/lib/platform/metrics'
import { connectDirectly } from '@/lib/platform/pool'
import { runService } from '@/lib/platform/process'
import { warnOfMissingLimits } from '@/lib/platform/session-limits'
import { exitAfter, reportReady } from '@/lib/platform/shutdown'
import { stopTracing } from '@/lib/platform/tracing'
import { startTracing } from '@/lib/platform/tracing-start'
import { startReleases } from '@/lib/recovery'
import { startStaffLogVerification } from '@/lib/staff-log'
import { showCareGauges, startUnfreezes } from '@/lib/support'
import { startHealth } from './health'

const tasks = { [USED_UP_TASK]: tellUsedUp }

/**
 * The worker process, until a signal to stop: sends messages and yearly reminders, deletes rows whose
 * retention is over, erases accounts whose owners asked for it, opens those whose announced unfreeze is
 * due, lets held passwords take effect, asks operators about numbers, and verifies activities.
 */
await runService(async () => {
  const { WORKER_HEALTH_PORT, HOST, DATABASE_DIRECT_URL } = env()
  declareKeyUser('service')
  connectDirectly()
  await startTracing('worker')
  measureProcess()
  showMessagingGauges()
  showCareGauges()
  const health = WORKER_HEALTH_PORT
    ? await startHealth({ port: WORKER_HEALTH_PORT, host: HOST })
    : undefined
  await refuseUnclosedRestore()
  const worker = await runWorker({ renderEmail, checkNumber, tasks }).catch((error) => {
    if (isKeyRefusal(error)) throw cliError(`${error.message}.`)
    const reason = describeUnreachable(error)
    const variable = DATABASE_DIRECT_URL ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL'
    throw reason ? cliError(`The database of ${variable} cannot be used: ${reason}.`) : error
  })
  warnOfMissingLimits()
  const chores = [
    startReminders(),
    startErasures(),
    startUnfreezes(),
    startReleases(),
    startRetention(),
    startVerification(),
    startStaffLogVerification(),
  ]
  exitAfter(async () => {
    await Promise.all([worker, ...chores].map((one) => one.stop()))
    health?.close()
    await closeDb()
    await stopTracing()
  })
  reportReady()
  await worker.done
})

/** It would send what was sent since the backup. A database that cannot be asked is reported later. */
async function refuseUnclosedRestore() {
  if (await isUnclosedRestore(pool()).catch(() => false))
    throw cliError(
      'The database was restored from a backup. Run "npm run restored" before the worker: docs/operations.md, "Restore".',
    )
}
