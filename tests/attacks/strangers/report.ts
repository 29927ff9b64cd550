import { expect, it, vi } from 'vitest'
import { db } from '@/lib/platform/db'
import { strangersRows } from '@/tools/attack/rows'
import { productNow } from '../../support/running'

const TIMEOUT_MS = 120_000
const PATIENCE = { timeout: 20_000, interval: 100 }

/** What strangers came to: a row of the second table in docs/security.md. */
export type Report = ReturnType<typeof newReport>

/**
 * Defines an attack as a test of these requirements, which adds its row once every expectation has
 * held.
 */
export function testStrangers(ids: string, attack: string, run: (report: Report) => Promise<void>) {
  it(`${ids} withstands strangers: ${attack}`.trim(), { timeout: TIMEOUT_MS }, async () => {
    const report = newReport()
    await run(report)
    strangersRows.add({ attack, ...report.row() })
  })
}

function newReport() {
  const [tried, letThrough, experience, cost]: string[][] = [[], [], [], []]
  const listed = (parts: string[] = []) => (parts.length > 0 ? parts.join('; ') : 'nothing')
  return {
    addTried: (what: string) => tried?.push(what),
    /** Adds what came of it. The actual value must be the expected one. */
    addEnd<Value>(end: string, actual: Value, expected: Value) {
      expect(actual, end).toEqual(expected)
      letThrough?.push(end)
    },
    /** Adds what the owner finds. The actual value must be the expected one. */
    addExperience<Value>(what: string, actual: Value, expected: Value) {
      expect(actual, what).toEqual(expected)
      experience?.push(what)
    },
    addCost: (sms: number, whose: string) => cost?.push(`${sms} ${whose}`),
    row: () => ({
      tried: listed(tried),
      letThrough: listed(letThrough),
      experience: listed(experience),
      cost: cost?.length ? cost.join('; ') : '0',
    }),
  }
}

/**
 * Runs an attack, and returns how many SMS of it a provider was really given meanwhile. An SMS that an
 * earlier attack left for later, such as a gathered notice, is not of this one.
 */
export async function countSmsOf(attack: () => Promise<unknown>): Promise<number> {
  await waitForWorker()
  const createdAt = { gte: productNow() }
  await attack()
  await waitForWorker()
  return db().message.count({
    where: { channel: 'sms', createdAt, sentAt: { not: null }, sealedTo: { not: null } },
  })
}

/**
 * Waits until the worker has nothing to do. It must have sent a code before the clock moves on: a code
 * that has expired is not sent, and then counts as no cost.
 */
export async function waitForWorker() {
  await vi.waitFor(async () => expect(await countDue()).toBe(0), PATIENCE)
}

/**
 * What is due or in work. A task that has begun is due only at its next attempt. It may write messages
 * before it ends, so tasks are counted first.
 */
async function countDue() {
  const due = { lte: productNow() }
  const tasks = await db().task.count({ where: { OR: [{ runAt: due }, { attempts: { gt: 0 } }] } })
  return tasks + (await db().message.count({ where: { runAt: due } }))
}
