import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { logSecurity } from '@/lib/platform/security-log'

/** Enough for a network whose customers share one address; a flood from one address needs more. */
const LARGEST_PER_ADDRESS = 512

const WARN_EVERY_MS = 60_000

/**
 * Closes each new connection of a client address that already has 512 of them, or the equal share of
 * 512 where several processes take the connections in turn. Not for a server behind trusted proxies:
 * all its connections come from these few addresses.
 */
export function boundConnections(
  server: Server,
  { processes = 1, inAll = LARGEST_PER_ADDRESS } = {},
): void {
  const most = Math.ceil(inAll / processes)
  const open = new Map<string, number>()
  const warn = createWarning()
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const count = open.get(address) ?? 0
    if (count >= most) {
      socket.destroy()
      warn()
      return
    }
    open.set(address, count + 1)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
  })
}

/**
 * Logs one line a minute, so that a flood does not fill the log. The line names no address, which is
 * personal data.
 */
function createWarning() {
  let warnedAt = Number.NEGATIVE_INFINITY
  return () => {
    const now = performance.now()
    if (now - warnedAt < WARN_EVERY_MS) return
    warnedAt = now
    logSecurity('excess_rate_limit_exceeded', { limit: 'connections' })
  }
}
