import { Logger, runTaskList } from 'graphile-worker'
import { z } from 'zod'
import { openRecords } from '@/bench/support/records'
import { QUEUE_SETTINGS } from '@/lib/messaging/worker/worker'
import { queuePool } from '@/lib/platform/db'

// A process of its own: the queue alone, set as the product sets it, with a task that does nothing.
const payload = z.object({ key: z.string() })
const record = openRecords()

const logger = new Logger(() => () => {})
runTaskList(
  { ...QUEUE_SETTINGS, noHandleSignals: true, logger },
  { bare: async (job) => void record(payload.parse(job).key) },
  queuePool(),
)
process.on('disconnect', () => process.exit())
process.send?.('ready')
