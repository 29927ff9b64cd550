import type { DatabaseServer } from '@/bench/support/database'
import { percentile } from '@/bench/support/figures'
import { createKeys, createTestbed, type QueueKind } from './testbed'

const PER_SECOND = 50
const SECONDS = 60

export type Latency = { p50: number; p95: number; p99: number; worst: number }

/**
 * Milliseconds from a commit to the arrival at the provider, or to the start of the bare queue's
 * task, at 50 per second for 60 s.
 */
export async function measureLatency(server: DatabaseServer, kind: QueueKind): Promise<Latency> {
  const testbed = await createTestbed(server, { kind, workers: 1 })
  const keys = createKeys(PER_SECOND * SECONDS, 'mixed')
  const sent = await testbed.send(keys, PER_SECOND)
  const arrivals = await testbed.waitForRecords(keys.length)
  await testbed.stop()
  const waits = sent.map(([key, at]) => (arrivals.get(key) ?? Number.NaN) - at)
  return {
    p50: percentile(waits, 50),
    p95: percentile(waits, 95),
    p99: percentile(waits, 99),
    worst: Math.max(...waits),
  }
}
