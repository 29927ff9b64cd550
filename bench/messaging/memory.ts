import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Server } from '@/bench/support/database'
import { newKeys, type Stage, setStage } from './stage'

const PORTION = 10_000
const PORTIONS = 10
const SETTLE_MS = 5_000
const MIB = 2 ** 20

const Usage = z.object({ rss: z.number(), heapUsed: z.number(), external: z.number() })

/** Of one worker after so many messages, in MiB: what it holds of the machine, and what of its heap outlives a collection. */
export type Memory = { messages: number; rssMiB: number; heapMiB: number; externalMiB: number }

/** One worker that sends portion after portion, half SMS and half e-mails, and is looked at when it has been idle for a while. */
export async function measureMemory(server: Server): Promise<Memory[]> {
  const stage = await setStage(server, { kind: 'product', workers: 1, probe: true })
  const memories: Memory[] = []
  for (let portion = 1; portion <= PORTIONS; portion++) {
    await stage.send(newKeys(PORTION, 'mixed'))
    await stage.take(PORTION)
    await sleep(SETTLE_MS)
    const memory = { messages: portion * PORTION, ...(await look(stage)) }
    console.log(JSON.stringify(memory))
    memories.push(memory)
  }
  await stage.end()
  return memories
}

async function look({ workers }: Stage) {
  const { rss, heapUsed, external } = Usage.parse(await workers[0]?.ask({}))
  return { rssMiB: rss / MIB, heapMiB: heapUsed / MIB, externalMiB: external / MIB }
}
