import { type DatabaseServer, startServer } from './database'
import { withProcesses } from './processes'

/** Measures on a PostgreSQL of its own, and formats the figures. Ends every process that was started. */
export async function measureOnServer<Figures extends object>(
  measure: (server: DatabaseServer) => Promise<Figures>,
  format: (figures: Figures) => string,
): Promise<{ report: string; figures: Figures }> {
  const server = await startServer()
  try {
    const figures = await withProcesses(() => measure(server))
    return { report: format(figures), figures }
  } finally {
    await server.stop()
  }
}
