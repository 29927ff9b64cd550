import { once } from 'node:events'
import { createServer } from 'node:net'
import { codeOf } from '@/lib/platform/command'

/**
 * Whether a server can listen on a port of `host`, by default of all interfaces. Throws other
 * errors than EADDRINUSE.
 */
export async function isPortFree(port: number, host?: string): Promise<boolean> {
  const server = createServer().listen(port, host)
  try {
    await once(server, 'listening')
    return true
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return false
    throw error
  } finally {
    server.close()
  }
}

/** The first free port from `port` upwards. */
export async function findFreePort(port: number, host?: string): Promise<number> {
  return (await isPortFree(port, host)) ? port : findFreePort(port + 1, host)
}
