import os from 'node:os'
import { type Server, startServer } from '@/bench/support/database'
import { describeMachine } from '@/bench/support/machine'
import { withProcesses } from '@/bench/support/processes'
import { type Drain, measureDrain } from './drain'
import { measureLatency } from './latency'
import { measureMemory } from './memory'
import { writeReport } from './report'

const ROUNDS = 3

const DRAINS = [
  { kind: 'bare', workers: 1 },
  { kind: 'product', workers: 1 },
  { kind: 'bare', workers: 2 },
  { kind: 'product', workers: 2 },
] as const satisfies Drain[]

export type Figures = Awaited<ReturnType<typeof measureAll>>

/** How fast the worker sends, beside the queue it stands on, and whether it grows. */
export async function measure() {
  const server = await startServer()
  try {
    const figures = await withProcesses(() => measureAll(server))
    return { report: writeReport(figures), figures }
  } finally {
    await server.stop()
  }
}

async function measureAll(server: Server) {
  const machine = await describeMachine(await server.create('bench'))
  const bare = await measureLatency(server, 'bare')
  const latency = { bare, product: await measureLatency(server, 'product') }
  const drains = await measureDrains(server)
  const memory = await measureMemory(server)
  return { machine, latency, drains, memory, loadAtEnd: os.loadavg()[0] ?? 0 }
}

/** By turns, so that what else the machine does meets both alike. */
async function measureDrains(server: Server) {
  const drains = DRAINS.map((drain) => ({ ...drain, perSecond: [] as number[] }))
  for (let round = 0; round < ROUNDS; round++) {
    for (const drain of drains) drain.perSecond.push(await measureDrain(server, drain))
  }
  return drains
}
