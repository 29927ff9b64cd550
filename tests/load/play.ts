import { setTimeout as sleep } from 'node:timers/promises'
import { expect, vi } from 'vitest'
import { type Audited, auditDatabase } from '@/lib/audit'
import { addFaultRow, describeFaultRow, type FaultRow } from '@/tools/faults/rows'
import { BREAKAGES } from './breakages'
import { FLOWS } from './flows'
import type { Load } from './load'
import { countUnsettled, listDoubled, listLost } from './promises'
import type { System } from './system'

export const LIMIT_SECONDS = 10
export const RECOVERY_SECONDS = 15

/** A whole flow takes long on a busy machine. */
const PATIENCE_SECONDS = 45
/** Customers whom resets and wizards use up. */
const FRESH_PER_SECOND = 6
const POLL = { timeout: PATIENCE_SECONDS * 1_000, interval: 100 }

/** What a fault came to, and what went wrong. */
type Played = {
  row: FaultRow
  lost: string[]
  doubled: string[]
  dishonest: string[]
  violations: string[]
  /** Why flows did not reach their end. */
  failures: string[]
}

/**
 * Breaks a part under load for some seconds, waits until every flow works again and every message is
 * sent, and prints the row of the fault.
 */
export async function playFault(
  system: System,
  load: Load,
  name: string,
  seconds: number,
): Promise<Played> {
  await load.prepare(40 + seconds * FRESH_PER_SECOND)
  const before = { answers: load.seen.answers.length, dishonest: load.seen.dishonest.length }
  const startedAt = performance.now()
  load.patientUntil(startedAt + (seconds + PATIENCE_SECONDS) * 1_000)
  const { during, healedAt } = await breakFor(system, name, seconds)
  const underWay = load.flows.filter(
    (one) => one.startedAt < healedAt && (one.endedAt ?? healedAt) > startedAt,
  )
  const recoverySeconds = await untilEveryFlowWorks(load, healedAt)
  await vi.waitFor(() => expect(underWay.filter(({ endedAt }) => !endedAt)).toEqual([]), POLL)
  await vi.waitFor(async () => expect(await countUnsettled(system)).toBe(0), POLL)
  const [lost, doubled] = [await listLost(system, load.kept), await listDoubled(system)]
  const failures = underWay.flatMap(({ flow, failure }) => (failure ? [`${flow}: ${failure}`] : []))
  const row = {
    fault: name,
    seconds,
    attempted: underWay.length,
    survived: underWay.length - failures.length,
    lost: lost.length,
    doubled: doubled.length,
    slowestSeconds: Math.max(...load.seen.answers.slice(before.answers)),
    recoverySeconds,
  }
  addFaultRow(row)
  process.stdout.write(`${describeFaultRow(row)}\n`)
  const violations = [...during, ...violationsOf(await auditDatabase(new Date()))]
  return {
    row,
    lost,
    doubled,
    dishonest: load.seen.dishonest.slice(before.dishonest),
    violations,
    failures,
  }
}

/** Returns the violations that an audit finds meanwhile, and when the part was whole again. */
async function breakFor(system: System, name: string, seconds: number) {
  const breakage = BREAKAGES[name]
  if (!breakage) throw new Error(`there is no fault ${name}`)
  const playing = breakage.play(system, seconds).then(() => performance.now())
  const auditing = sleep((seconds * 1_000) / 2).then(() => auditDatabase(new Date()))
  const [healedAt, report] = await Promise.all([playing, auditing])
  return { during: violationsOf(report), healedAt }
}

const violationsOf = (report: readonly Audited[]) =>
  report.flatMap(({ number, found }) => found.map(({ name, id }) => `${number} ${name} ${id}`))

/**
 * Waits until each flow was begun and walked to its end. Returns after how many seconds the last error
 * page was seen.
 */
export async function untilEveryFlowWorks(load: Load, since: number): Promise<number> {
  const begun = () => load.flows.filter(({ startedAt }) => startedAt >= since)
  const isDone = (name: string) =>
    begun().some(({ flow, endedAt, failure }) => flow === name && endedAt && !failure)
  await vi.waitFor(() => {
    const failures = begun().flatMap(({ failure }) => failure ?? [])
    const missing = FLOWS.map(({ name }) => name).filter((name) => !isDone(name))
    expect({ missing, failures: missing.length > 0 ? failures : [] }).toEqual({
      missing: [],
      failures: [],
    })
  }, POLL)
  return Math.max(0, load.seen.lastErrorAt - since) / 1_000
}
