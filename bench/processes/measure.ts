import os from 'node:os'
import type { DatabaseServer } from '@/bench/support/database'
import { median } from '@/bench/support/figures'
import { describeMachine } from '@/bench/support/machine'
import { type Contenders, startProductContenders } from '@/bench/web/contenders'
import { CONNECTIONS } from '@/bench/web/environment'
import { addRound, type Cell, cellsOf, warmUp } from '@/bench/web/rounds'
import { createTestbed } from '@/bench/web/testbed'

const FLOWS = ['login', 'reset', 'profile'] as const
const COUNTS = [1, 2] as const
const SECONDS = 8
const ROUNDS = 5

export type ProcessesFigures = Awaited<ReturnType<typeof measureProcesses>>

/**
 * Lets browsers without JavaScript visit one web process and two in turn. Both have the same number of
 * connections to PostgreSQL in all.
 */
export async function measureProcesses(server: DatabaseServer) {
  const testbed = await createTestbed(server, SECONDS)
  const machine = await describeMachine(testbed.databaseUrl)
  const running: Contenders[] = []
  const cells: { processes: number; cell: Cell }[] = []
  for (const processes of COUNTS) {
    const contenders = await startProductContenders(testbed, testbed.databaseUrl, {
      settings: {
        WEB_CONCURRENCY: String(processes),
        DATABASE_POOL: String(CONNECTIONS / processes),
      },
    })
    running.push(contenders)
    const form = contenders.all.filter(({ name }) => name === 'form')
    for (const cell of form.flatMap((contender) => cellsOf(contender, FLOWS)))
      cells.push({ processes, cell })
  }
  for (const { cell } of cells) await warmUp(cell)
  for (let round = 1; round <= ROUNDS; round++) {
    for (const flow of FLOWS)
      for (const { cell } of cells.filter(({ cell }) => cell.flow === flow))
        await addRound(cell, { seconds: SECONDS, postgresPid: server.pid })
    console.log(`Round ${round} of ${ROUNDS} is done.`)
  }
  for (const { stop } of running) await stop()
  const measured = cells.map(({ processes, cell: { flow, rounds } }) => ({
    flow,
    processes,
    perSecond: rounds.map(({ perSecond }) => perSecond),
    perCpuSecond: rounds.map(({ webMs }) => 1_000 / webMs),
    postgresMs: median(rounds.map(({ postgresMs }) => postgresMs)),
    p95Ms: median(rounds.map(({ p95Ms }) => p95Ms)),
    driverShare: median(rounds.map(({ driverShare }) => driverShare)),
  }))
  return { machine, seconds: SECONDS, measured, loadAtEnd: os.loadavg()[0] ?? 0 }
}
