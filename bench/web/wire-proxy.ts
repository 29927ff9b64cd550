import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { portOf } from '@/tests/support/fake-providers'
import { createMessageReader, type WireMessage } from './wire-messages'

/** One statement as the server received it: its connection, the round trip, and its text. */
export type SentStatement = { connection: number; trip: number; text: string }

/**
 * What was sent since the last `reset`. A round trip is a message or a batch after which the client
 * waits for an answer. `waits` counts those of connections that wait at the same time once.
 */
export type Traffic = { statements: SentStatement[]; trips: number; waits: number }

export type WireProxy = { url: string; reset(): void; read(): Traffic; close(): Promise<void> }

/**
 * Forwards connections to a PostgreSQL, and counts what the client sends to it. `listen` gets each
 * message of the server.
 */
export async function startWireProxy(
  databaseUrl: string,
  listen?: (message: WireMessage) => void,
): Promise<WireProxy> {
  const target = new URL(databaseUrl)
  const counter = createCounter(listen)
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: target.hostname, port: Number(target.port), noDelay: true })
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    }
    const connection = counter.open()
    near.on('data', (chunk) => {
      connection.sent(chunk)
      far.write(chunk)
    })
    far.on('data', (chunk) => {
      connection.received(chunk)
      near.write(chunk)
    })
    near.on('end', () => far.end())
    far.on('end', () => near.end())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = new URL(databaseUrl)
  url.port = String(portOf(server.address()))
  return {
    url: url.href,
    reset: counter.reset,
    read: counter.read,
    async close() {
      for (const socket of sockets) socket.destroy()
      await once(server.close(), 'close')
    },
  }
}

/** Messages after which the server answers that it is ready for the next. */
const ASKS = ['Q', 'S']
const READY = 'Z'

/** Sent once for many commits, on a connection of its own, and nobody waits for it. */
const WAKE_UP = /\bpg_notify\(/

function createCounter(listen?: (message: WireMessage) => void) {
  let traffic: Traffic = { statements: [], trips: 0, waits: 0 }
  let waiting = 0
  let connections = 0

  function open() {
    connections += 1
    const connection = connections
    const [client, server] = [createMessageReader(true), createMessageReader(false)]
    const texts = new Map<string, string>()
    let [unanswered, bound] = [0, '']

    function ask() {
      if (WAKE_UP.test(bound)) return
      if (unanswered === 0) {
        traffic.trips += 1
        if (waiting === 0) traffic.waits += 1
        waiting += 1
      }
      unanswered += 1
    }

    function execute(text: string) {
      if (WAKE_UP.test(text)) return
      // The batch of an unnamed statement is part of the round trip that its Sync will begin.
      const trip = traffic.trips + (unanswered === 0 ? 1 : 0)
      traffic.statements.push({ connection, trip, text })
    }

    function count(message: WireMessage) {
      if (message.type === 'P') texts.set(message.name, message.text)
      if (message.type === 'B') bound = texts.get(message.name) ?? '(unknown)'
      if (message.type === 'E') execute(bound)
      if (message.type === 'Q') {
        bound = message.text
        execute(bound)
      }
      if (ASKS.includes(message.type)) ask()
    }

    return {
      sent: (chunk: Buffer) => client(chunk).forEach(count),
      received(chunk: Buffer) {
        const messages = server(chunk)
        if (listen) messages.forEach(listen)
        const answers = messages.filter(({ type }) => type === READY).length
        // The first answer belongs to the start of the connection.
        if (answers === 0 || unanswered === 0) return
        unanswered = Math.max(0, unanswered - answers)
        if (unanswered === 0) waiting -= 1
      },
    }
  }

  const reset = () => {
    traffic = { statements: [], trips: 0, waits: 0 }
  }
  return { open, reset, read: () => traffic }
}
