import { startServer } from '@/bench/support/database'
import { withProcesses } from '@/bench/support/processes'
import { measureAll } from './measure'
import { writeReport } from './report'

/** How fast the worker sends, beside the queue it stands on, and whether it grows. */
export async function measure() {
  const server = await startServer()
  try {
    const figures = await withProcesses(() => measureAll(server))
    return { report: writeReport(figures), figures }
  } finally {
    await server.stop()
  }
}
