import { Logger, runOnce } from 'graphile-worker'
import { tellUsedUp, USED_UP_TASK } from '@/lib/activity'
import { pool } from '@/lib/platform/db'

/** Runs the waiting reports of used-up attempts and sends, as the worker does. */
export const runReports = () =>
  runOnce({
    pgPool: pool(),
    taskList: { [USED_UP_TASK]: tellUsedUp },
    logger: new Logger(() => () => {}),
    noHandleSignals: true,
  })
