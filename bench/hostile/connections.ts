import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '@/bench/support/figures'
import type { WebProcess } from './web-process'

const UNFINISHED = 100
const UNFINISHED_BYTES = 9_000_000
/** Linux accepts any address of 127.0.0.0/8 as its own, so they stand for as many clients. */
const ADDRESSES = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5']
const HALF_OPEN_PER_ADDRESS = 375
const OBSERVED_MS = 10_000
const GONE_LIMIT_MS = 60_000

/** Sends unfinished bodies, then half-open connections, and watches the web process. */
export async function measureConnections(origin: string, web: WebProcess) {
  const before = web.residentMb()
  const announced = await peakDuring(web, () =>
    openUnfinished(origin, `content-length: ${UNFINISHED_BYTES}`),
  )
  const chunked = await peakDuring(web, () => openUnfinished(origin, 'transfer-encoding: chunked'))
  return {
    unfinished: UNFINISHED,
    before,
    announced,
    chunked,
    halfOpen: await measureHalfOpen(origin),
  }
}

async function peakDuring(web: WebProcess, open: () => Promise<Socket[]>) {
  const sockets = await open()
  let peak = 0
  const end = Date.now() + OBSERVED_MS
  while (Date.now() < end) {
    for (const socket of sockets) if (socket.writable) socket.write(part(socket))
    peak = Math.max(peak, web.residentMb())
    await sleep(50)
  }
  for (const socket of sockets) socket.destroy()
  return peak
}

const PART = 'x'.repeat(16_000)
const chunkedSockets = new WeakSet<Socket>()
const part = (socket: Socket) =>
  chunkedSockets.has(socket) ? `${PART.length.toString(16)}\r\n${PART}\r\n` : PART

async function openUnfinished(origin: string, header: string) {
  const sockets = await Promise.all(
    Array.from({ length: UNFINISHED }, () => open(origin, '127.0.0.1')),
  )
  for (const socket of sockets) {
    if (header.includes('chunked')) chunkedSockets.add(socket)
    socket.write(
      `POST /register HTTP/1.1\r\nhost: localhost\r\ncontent-type: multipart/form-data; boundary=b\r\n${header}\r\n\r\n`,
    )
  }
  return sockets
}

/** How long half-open connections stay, and how long a customer waits for a page meanwhile. */
async function measureHalfOpen(origin: string) {
  const sockets = await Promise.all(
    ADDRESSES.flatMap((address) =>
      Array.from({ length: HALF_OPEN_PER_ADDRESS }, () => open(origin, address)),
    ),
  )
  for (const socket of sockets) socket.write('POST /login HTTP/1.1\r\nhost: loc')
  const start = Date.now()
  const waits: number[] = []
  let left = sockets.length
  for (const socket of sockets) socket.once('close', () => left--)
  while (left > 0 && Date.now() - start < GONE_LIMIT_MS) {
    const asked = performance.now()
    const { status } = await fetch(`${origin}/login`)
    if (status !== 200) throw new Error(`a customer was answered ${status}`)
    waits.push(performance.now() - asked)
    await sleep(100)
  }
  return {
    opened: sockets.length,
    left,
    goneAfterSeconds: (Date.now() - start) / 1_000,
    pageP95Ms: percentile(waits, 95),
  }
}

function open(origin: string, localAddress: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(new URL(origin).port), host: '127.0.0.1', localAddress })
    socket.once('connect', () => resolve(socket.resume()))
    socket.once('error', reject)
    socket.on('error', () => {})
  })
}
