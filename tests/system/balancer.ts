import { once } from 'node:events'
import { createServer, request as send } from 'node:http'
import { portOf } from '../support/fake-providers'

/** A request, and which of the servers got it. */
type Passed = { method: string; path: string; target: string }

/** A load balancer that gives each request to the next server, whatever the customer had before. */
export type Balancer = {
  origin: string
  passed: Passed[]
  /** Begins anew with these servers behind it. */
  balance(targets: readonly string[]): void
  close(): void
}

export async function startBalancer(): Promise<Balancer> {
  let targets: readonly string[] = []
  const passed: Passed[] = []
  const server = createServer((incoming, answer) => {
    const { method = '', url = '', headers } = incoming
    const target = targets[passed.length % targets.length] ?? ''
    passed.push({ method, path: url, target })
    const outgoing = send(target + url, { method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(answer)
    })
    outgoing.on('error', () => answer.destroy())
    incoming.pipe(outgoing)
  }).listen(0)
  await once(server, 'listening')
  return {
    origin: `http://localhost:${portOf(server.address())}`,
    passed,
    balance(next) {
      passed.length = 0
      targets = next
    },
    close: () => void server.close().closeAllConnections(),
  }
}
