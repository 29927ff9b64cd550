import os from 'node:os'
import type { Server } from '@/bench/support/database'
import { describeMachine } from '@/bench/support/machine'
import { type Drain, measureDrain } from './drain'
import { measureLatency } from './latency'
import { measureMemory } from './memory'

const ROUNDS = 3

const DRAINS = [
  { kind: 'bare', workers: 1 },
  { kind: 'product', workers: 1 },
  { kind: 'bare', workers: 2 },
  { kind: 'product', workers: 2 },
] as const satisfies Drain[]

export type Figures = Awaited<ReturnType<typeof measureAll>>

export async function measureAll(server: Server) {
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
