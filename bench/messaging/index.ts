import { startServer } from '@/bench/support/database'
import { withProcesses } from '@/bench/support/processes'
import { measureMessaging } from './measure'
import { formatMessagingReport } from './report'

/** Measures latency, throughput and memory of the worker, and the same of its queue alone. */
export async function measure() {
  const server = await startServer()
  try {
    const figures = await withProcesses(() => measureMessaging(server))
    return { report: formatMessagingReport(figures), figures }
  } finally {
    await server.stop()
  }
}
