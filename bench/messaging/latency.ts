import type { Server } from '@/bench/support/database'
import { percentile } from '@/bench/support/figures'
import { type Kind, newKeys, setStage } from './stage'

const PER_SECOND = 50
const SECONDS = 60

export type Latency = { p50: number; p95: number; p99: number; worst: number }

/** Milliseconds from a commit to the arrival at the provider, or to the start of the bare queue's task, at a steady rate. */
export async function measureLatency(server: Server, kind: Kind): Promise<Latency> {
  const stage = await setStage(server, { kind, workers: 1 })
  const keys = newKeys(PER_SECOND * SECONDS, 'mixed')
  const sent = await stage.send(keys, PER_SECOND)
  const arrivals = await stage.take(keys.length)
  await stage.end()
  const waits = sent.map(([key, at]) => (arrivals.get(key) ?? Number.NaN) - at)
  return {
    p50: percentile(waits, 50),
    p95: percentile(waits, 95),
    p99: percentile(waits, 99),
    worst: Math.max(...waits),
  }
}
