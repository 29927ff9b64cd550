import { Logger, runTaskList } from 'graphile-worker'
import { z } from 'zod'
import { startRecorder } from '@/bench/support/records'
import { QUEUE_SETTINGS } from '@/lib/messaging/worker/worker'
import { queuePool } from '@/lib/platform/db'

// A process of the benchmark: graphile-worker with the product's settings and a task that only
// records its start.
const Payload = z.object({ key: z.string() })
const record = startRecorder()

const logger = new Logger(() => () => {})
runTaskList(
  { ...QUEUE_SETTINGS, noHandleSignals: true, logger },
  { bare: async (job) => void record(Payload.parse(job).key) },
  queuePool(),
)
process.on('disconnect', () => process.exit())
process.send?.('ready')
