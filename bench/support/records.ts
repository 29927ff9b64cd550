import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { monotonicMs } from './clock'
import type { BenchProcess } from './processes'

const SEND_INTERVAL_MS = 200
const POLL_INTERVAL_MS = 50

const Records = z.array(z.tuple([z.string(), z.number()]))

/**
 * In a measured process: returns a function that records when a key was seen. Records are sent to
 * the parent in batches.
 */
export function startRecorder() {
  let records: z.input<typeof Records> = []
  setInterval(() => {
    if (records.length > 0) process.send?.(records)
    records = []
  }, SEND_INTERVAL_MS)
  return (key: string, at = monotonicMs()) => records.push([key, at])
}

/**
 * In the parent: collects the records of these processes. `waitForRecords` waits for exactly so
 * many and returns their times by key. It throws when a key was recorded twice.
 */
export function collectRecords(processes: readonly BenchProcess[]) {
  let collected: z.output<typeof Records> = []
  for (const child of processes)
    child.onMessage((message) => collected.push(...Records.parse(message)))
  return {
    async waitForRecords(count: number): Promise<Map<string, number>> {
      while (collected.length < count) await sleep(POLL_INTERVAL_MS)
      const timesByKey = new Map(collected)
      if (collected.length > count || timesByKey.size < count)
        throw new Error('a key was recorded twice')
      collected = []
      return timesByKey
    },
  }
}
