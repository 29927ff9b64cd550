import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { portOf } from './fake-providers'

/**
 * A network between the product and a server. A cut connection stays open and delivers no packet.
 */
export type TcpProxy = {
  port: number
  /** Drops every packet, on open and new connections. */
  swallow(): void
  /**
   * Forwards new connections. Those that were open stay cut, as behind a firewall that has lost
   * their state.
   */
  restore(): void
  close(): Promise<void>
}

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let isSwallowing = false
  const server = createServer((near) => {
    track(near)
    if (isSwallowing) {
      near.resume()
      return
    }
    const far = track(connect(target))
    near.pipe(far)
    far.pipe(near)
  })
  function track(socket: Socket) {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    return socket
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: portOf(server.address()),
    swallow() {
      isSwallowing = true
      for (const socket of sockets) socket.unpipe().resume()
    },
    restore() {
      isSwallowing = false
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await once(server.close(), 'close')
    },
  }
}
