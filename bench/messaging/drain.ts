import type { DatabaseServer } from '@/bench/support/database'
import { createKeys, createTestbed, type QueueKind } from './testbed'

const BACKLOG = 10_000

export type DrainSetup = { kind: QueueKind; workers: number }

/**
 * SMS (or jobs) per second, from the commit of a backlog of 10 000 to the arrival of its last one.
 */
export async function measureDrain(
  server: DatabaseServer,
  { kind, workers }: DrainSetup,
): Promise<number> {
  const testbed = await createTestbed(server, { kind, workers })
  const sent = await testbed.send(createKeys(BACKLOG, 'sms'))
  const arrivals = await testbed.waitForRecords(BACKLOG)
  await testbed.stop()
  const committedAt = Math.min(...sent.map(([, at]) => at))
  const perSecond = (BACKLOG * 1_000) / (Math.max(...arrivals.values()) - committedAt)
  console.log(`${kind}, ${workers} process(es): ${perSecond.toFixed(0)} a second`)
  return perSecond
}
