import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import type { DatabaseServer } from '@/bench/support/database'
import { createKeys, createTestbed, type Testbed } from './testbed'

const BATCH_SIZE = 10_000
const BATCHES = 10
const IDLE_MS = 5_000
const MIB = 2 ** 20

const Usage = z.object({ rss: z.number(), heapUsed: z.number(), external: z.number() })

/**
 * Memory of one worker after `messages` messages: RSS as it is, heap and external memory after a
 * garbage collection.
 */
export type Memory = { messages: number; rssMiB: number; heapMiB: number; externalMiB: number }

/**
 * Sends ten batches through one worker, half SMS and half e-mails, and reads its memory 5 s after
 * each batch.
 */
export async function measureMemory(server: DatabaseServer): Promise<Memory[]> {
  const testbed = await createTestbed(server, { kind: 'product', workers: 1, hasMemoryProbe: true })
  const memories: Memory[] = []
  for (let batch = 1; batch <= BATCHES; batch++) {
    await testbed.send(createKeys(BATCH_SIZE, 'mixed'))
    await testbed.waitForRecords(BATCH_SIZE)
    await sleep(IDLE_MS)
    const memory = { messages: batch * BATCH_SIZE, ...(await readMemory(testbed)) }
    console.log(JSON.stringify(memory))
    memories.push(memory)
  }
  await testbed.stop()
  return memories
}

async function readMemory({ workers }: Testbed) {
  const { rss, heapUsed, external } = Usage.parse(await workers[0]?.request({}))
  return { rssMiB: rss / MIB, heapMiB: heapUsed / MIB, externalMiB: external / MIB }
}
