import { closeDb } from '@/lib/db'
import { env } from '@/lib/env'
import { runWorker } from '@/lib/messaging'
import { main } from './support/fault'
import { exitAfter, tellReady } from './support/stop'

/** The worker process: sends the messages of the outbox until it is told to stop. */
await main(async () => {
  env()
  const worker = await runWorker()
  exitAfter(async () => {
    await worker.stop()
    await closeDb()
  })
  tellReady()
  await worker.done
})
