import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** Enough for a network whose customers share one address; a flood from one address needs more. */
const LARGEST_PER_ADDRESS = 512

/**
 * Closes each new connection of a client address that already has 512 of them. Not for a server
 * behind trusted proxies: all its connections come from these few addresses.
 */
export function boundConnections(server: Server, most = LARGEST_PER_ADDRESS): void {
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const count = open.get(address) ?? 0
    if (count >= most) {
      socket.destroy()
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
