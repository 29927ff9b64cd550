import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { portOf } from './fake-providers'

/**
 * A network between the product and a server. A cut connection stays open and delivers no packet.
 */
export type TcpProxy = {
  port: number
  /** Drops every packet, on open and new connections. */
  swallow(): void
  /** Resets open and new connections, as a server that is stopped or a firewall that refuses. */
  refuse(): void
  /** Delivers every packet this much later, in both directions. */
  delay(milliseconds: number): void
  /**
   * Forwards new connections at once. Those that were swallowed stay cut, as behind a firewall that
   * has lost their state.
   */
  restore(): void
  close(): Promise<void>
}

type Mode = 'forward' | 'swallow' | 'refuse'

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let mode: Mode = 'forward'
  let latencyMs = 0
  const server = createServer((near) => {
    track(near)
    if (mode !== 'forward') {
      if (mode === 'refuse') near.resetAndDestroy()
      else near.resume()
      return
    }
    const far = track(connect(target))
    forward(near, far)
    forward(far, near)
  })
  function track(socket: Socket) {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    return socket
  }
  function forward(from: Socket, to: Socket) {
    let delivered = Promise.resolve()
    const later = (deliver: () => void) => {
      const due = sleep(latencyMs)
      delivered = delivered.then(() => due).then(deliver)
    }
    from.on('data', (chunk) => later(() => to.write(chunk)))
    from.on('end', () => later(() => to.end()))
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: portOf(server.address()),
    swallow() {
      mode = 'swallow'
      for (const socket of sockets)
        socket.removeAllListeners('data').removeAllListeners('end').resume()
    },
    refuse() {
      mode = 'refuse'
      for (const socket of sockets) socket.resetAndDestroy()
    },
    delay(milliseconds) {
      latencyMs = milliseconds
    },
    restore() {
      mode = 'forward'
      latencyMs = 0
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await once(server.close(), 'close')
    },
  }
}
