import { setTimeout as sleep } from 'node:timers/promises'
import { monotonicMs } from '@/bench/support/clock'
import type { DatabaseServer } from '@/bench/support/database'
import { median } from '@/bench/support/figures'
import { describeMachine } from '@/bench/support/machine'
import { cpuMsOf } from '@/bench/support/process-cpu'
import { startProcess } from '@/bench/support/processes'
import { residentMiB } from '@/bench/support/resident'
import { productEnvironment } from '@/bench/web/environment'
import { findPort } from '@/tests/support/product'

const ROUNDS = 5
const SETTLED_MS = 10_000

/** What is started, each in turn. A bare Node shows how fast the machine is. */
const COMMANDS = {
  web: ['server/run.mjs', 'web'],
  worker: ['server/run.mjs', 'worker'],
  node: ['--eval', "process.on('message', () => {}).send('ready')"],
} as const

export type StartName = keyof typeof COMMANDS

/** Milliseconds by the clock and of processor until it is ready, and MiB then and 10 s later. */
export type Start = Awaited<ReturnType<typeof measureStart>>

export type StartFigures = Awaited<ReturnType<typeof measureStarts>>

/**
 * The medians of five starts of each process, and of five other starts of web until a client that asks
 * as soon as web is ready has its first page.
 */
export async function measureStarts(server: DatabaseServer) {
  const databaseUrl = await server.create('bench_start')
  const machine = await describeMachine(databaseUrl)
  const measured: Record<StartName, Start[]> = { web: [], worker: [], node: [] }
  const firstPages: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    for (const name of ['node', 'web', 'worker'] as const)
      measured[name].push(await measureStart(server, databaseUrl, name))
    firstPages.push(await measureFirstPage(server, databaseUrl))
    console.log(`Round ${round} of ${ROUNDS}`)
  }
  const { web, worker, node } = measured
  return {
    machine,
    rounds: ROUNDS,
    firstPageMs: median(firstPages),
    starts: { web: medians(web), worker: medians(worker), node: medians(node) },
  }
}

async function measureStart(server: DatabaseServer, databaseUrl: string, name: StartName) {
  const environment = productEnvironment(server.secrets, databaseUrl, await findPort())
  const startedAt = monotonicMs()
  const started = await startProcess({ args: COMMANDS[name], environment })
  const readyMs = monotonicMs() - startedAt
  const ready = { cpuMs: cpuMsOf(started.pid), mib: residentMiB(started.pid) }
  if (name === 'node') {
    await started.stop()
    return { readyMs, ready, settled: ready }
  }
  await sleep(SETTLED_MS)
  const settled = { cpuMs: cpuMsOf(started.pid), mib: residentMiB(started.pid) }
  await started.stop()
  return { readyMs, ready, settled }
}

async function measureFirstPage(server: DatabaseServer, databaseUrl: string) {
  const port = await findPort()
  const environment = productEnvironment(server.secrets, databaseUrl, port)
  const startedAt = monotonicMs()
  const started = await startProcess({ args: COMMANDS.web, environment })
  const response = await fetch(`http://localhost:${port}/login`)
  await response.text()
  const answeredMs = monotonicMs() - startedAt
  await started.stop()
  if (!response.ok) throw new Error(`/login answered ${response.status}`)
  return answeredMs
}

function medians(starts: readonly Start[]): Start {
  const of = (read: (start: Start) => number) => median(starts.map(read))
  return {
    readyMs: of(({ readyMs }) => readyMs),
    ready: { cpuMs: of(({ ready }) => ready.cpuMs), mib: of(({ ready }) => ready.mib) },
    settled: { cpuMs: of(({ settled }) => settled.cpuMs), mib: of(({ settled }) => settled.mib) },
  }
}
