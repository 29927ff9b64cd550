import os from 'node:os'
import type { DatabaseServer } from '@/bench/support/database'
import { describeMachine } from '@/bench/support/machine'
import { type DrainSetup, measureDrain } from './drain'
import { measureLatency } from './latency'
import { measureMemory } from './memory'

const ROUNDS = 3

const DRAINS = [
  { kind: 'bare', workers: 1 },
  { kind: 'product', workers: 1 },
  { kind: 'bare', workers: 2 },
  { kind: 'product', workers: 2 },
] as const satisfies DrainSetup[]

export type MessagingFigures = Awaited<ReturnType<typeof measureMessaging>>

/** Runs all measurements one after the other. Each has a fresh database. */
export async function measureMessaging(server: DatabaseServer) {
  const machine = await describeMachine(await server.create('bench'))
  const bare = await measureLatency(server, 'bare')
  const latency = { bare, product: await measureLatency(server, 'product') }
  const drains = await measureDrains(server)
  const memory = await measureMemory(server)
  return { machine, latency, drains, memory, loadAtEnd: os.loadavg()[0] ?? 0 }
}

/** Alternates between the setups, so that other load on the machine affects all of them. */
async function measureDrains(server: DatabaseServer) {
  const drains = DRAINS.map((drain) => ({ ...drain, perSecond: [] as number[] }))
  for (let round = 0; round < ROUNDS; round++) {
    for (const drain of drains) drain.perSecond.push(await measureDrain(server, drain))
  }
  return drains
}
