import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FAULTS } from '@/tools/faults/registry'
import { BREAKAGES } from './breakages'
import { type Load, startLoad } from './load'
import { LIMIT_SECONDS, playFault, RECOVERY_SECONDS, untilEveryFlowWorks } from './play'
import { type System, startSystem, stopSystem } from './system'

/** For the recovery, and for messages that a provider gets later. */
const REST_MS = 120_000
const START_MS = 120_000

/** `npm run faults` names them and plays each for longer; `npm test` plays all that a test may. */
const named = process.env.FAULTS?.split(',')
const names = (named ?? Object.keys(BREAKAGES)).filter((name) => name in BREAKAGES)
const played = names.flatMap((name) => {
  const seconds = named ? FAULTS[name]?.seconds : BREAKAGES[name]?.shortSeconds
  return seconds === undefined ? [] : [{ name, seconds, says: FAULTS[name]?.says ?? name }]
})

let system: System
let load: Load

beforeAll(async () => {
  system = await startSystem()
  load = await startLoad(system)
  // A page that is asked for first is slow.
  await untilEveryFlowWorks(load, 0)
}, START_MS)

afterAll(async () => {
  await load.stop()
  expect(await stopSystem(system)).toBe(0)
})

describe('while customers use the product', () => {
  it.each(played)(
    'and $says, nothing is lost or done twice, and every answer is honest',
    async ({ name, seconds }) => {
      const { row, failures, ...wrong } = await playFault(system, load, name, seconds)
      expect(wrong, failures.join('\n')).toEqual({
        lost: [],
        doubled: [],
        dishonest: [],
        violations: [],
      })
      expect(row.slowestSeconds).toBeLessThanOrEqual(LIMIT_SECONDS)
      expect(row.recoverySeconds).toBeLessThanOrEqual(RECOVERY_SECONDS)
      expect(row.survived).toBeGreaterThan(0)
    },
    longestOf(played),
  )
})

function longestOf(all: readonly { seconds: number }[]) {
  return Math.max(...all.map(({ seconds }) => seconds * 1_000)) + REST_MS
}
