import { tellUsedUp, USED_UP_TASK } from '@/lib/activity'
import { runTasks } from '@/lib/messaging/worker/tasks'
import { db } from '@/lib/platform/db'

/** Later than every time of a test. */
const LATE = new Date('2100-01-01T00:00:00.000Z')

/** Runs the waiting reports of used-up attempts and sends, as the worker does. */
export const runReports = () => runTasks({ [USED_UP_TASK]: tellUsedUp }, LATE)

/** How many of these reports wait for the worker. */
export const countReports = () => db().task.count({ where: { name: USED_UP_TASK } })
