import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { instant } from './clock'
import type { Child } from './processes'

const TELL_EVERY_MS = 200
const LOOK_EVERY_MS = 50

const Records = z.array(z.tuple([z.string(), z.number()]))

/** In a process that is measured: notes when something happened, and tells the launcher of it now and then. */
export function openRecords() {
  let records: z.input<typeof Records> = []
  setInterval(() => {
    if (records.length > 0) process.send?.(records)
    records = []
  }, TELL_EVERY_MS)
  return (key: string, at = instant()) => records.push([key, at])
}

/** In the launcher: gathers what such processes told. `take` waits for so many records and hands them out, by key. */
export function gather(children: readonly Child[]) {
  let gathered: z.output<typeof Records> = []
  for (const child of children)
    child.onMessage((message) => gathered.push(...Records.parse(message)))
  return {
    async take(count: number): Promise<Map<string, number>> {
      while (gathered.length < count) await sleep(LOOK_EVERY_MS)
      const taken = new Map(gathered)
      if (gathered.length > count || taken.size < count) throw new Error('something happened twice')
      gathered = []
      return taken
    },
  }
}
