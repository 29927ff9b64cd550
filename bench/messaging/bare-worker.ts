import { runTaskList } from 'graphile-worker'
import * as z from 'zod'
import { startRecorder } from '@/bench/support/records'
import { env } from '@/lib/platform/env'
import { BARE_SETTINGS, openBarePool, silentLogger } from './bare-queue'

// A process of the benchmark: the bare queue with a task that only records its start.
const Payload = z.object({ key: z.string() })
const record = startRecorder()

runTaskList(
  { ...BARE_SETTINGS, noHandleSignals: true, logger: silentLogger },
  { bare: async (job) => void record(Payload.parse(job).key) },
  openBarePool(env().DATABASE_URL),
)
process.on('disconnect', () => process.exit())
process.send?.('ready')
