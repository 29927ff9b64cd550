import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { newClient } from '../../support/client'
import { origin } from '../../support/running'

const PATIENCE_MS = 30_000
const PAUSE_MS = 200

/** Opens connections to the product, each of which sends the beginning of a request. */
export async function openSockets(count: number, beginning: string): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () =>
    connect({ port: Number(new URL(origin()).port), host: '127.0.0.1' }).on('error', () => {}),
  )
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  for (const socket of sockets) socket.write(beginning)
  return sockets
}

/** The status of the first answer at a connection; empty when it ends without one. */
export async function statusAt(socket: Socket): Promise<string> {
  let text = ''
  socket.on('data', (part) => {
    text += part
  })
  await Promise.race([once(socket, 'data'), once(socket, 'close')])
  return /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? ''
}

/** How a customer is served while an attack runs: the worst status, and the longest wait. */
export async function watchPage(attack: Promise<unknown>) {
  const running = { is: true }
  const ended = attack.finally(() => {
    running.is = false
  })
  const waits: number[] = []
  const statuses: number[] = []
  do {
    const asked = performance.now()
    statuses.push((await newClient().open('/login')).status)
    waits.push(performance.now() - asked)
    await sleep(PAUSE_MS)
  } while (running.is)
  await ended
  return { status: Math.max(...statuses), waitMs: Math.max(...waits) }
}

/** Waits until the product has closed all of these connections. Returns how many it left open. */
export async function countLeftOpen(sockets: readonly Socket[]): Promise<number> {
  const end = Date.now() + PATIENCE_MS
  const left = () => sockets.filter((socket) => !socket.closed).length
  for (const socket of sockets) socket.resume()
  while (left() > 0 && Date.now() < end) await sleep(PAUSE_MS)
  return left()
}
