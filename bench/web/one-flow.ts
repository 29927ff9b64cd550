import { startServer } from '@/bench/support/database'
import { formatNumber, formatTable } from '@/bench/support/figures'
import { withProcesses } from '@/bench/support/processes'
import { startProductContenders } from './contenders'
import { formatStatements } from './count-statements'
import type { FlowName } from './flow'
import { measureHashMs } from './hash-cost'
import type { Options } from './options'
import type { Series } from './product-forms'
import { addRound, type Cell, cellsOf, countUse, warmUp } from './rounds'
import { middleOf } from './summary'
import { createTestbed, type Testbed } from './testbed'
import { startWireProxy } from './wire-proxy'

type Wanted = { flow: FlowName; series: Series; options: Options }

/** Measures one flow of the product alone and prints the figures: for whoever works on its speed. */
export async function measureOneFlow(flow: FlowName, options: Options): Promise<void> {
  const server = await startServer()
  try {
    await withProcesses(async () => {
      const testbed = await createTestbed(server, options.seconds)
      const wanted = { flow, series: options.series ?? 'form', options }
      const use = await countOne(testbed, wanted)
      if (options.sql) console.log(`${formatStatements(use.last)}\n`)
      const hashMs = await measureHashMs()
      console.log(formatCell({ ...(await measureRounds(testbed, wanted)), use }, hashMs))
    })
  } finally {
    await server.stop()
  }
}

async function countOne(testbed: Testbed, wanted: Wanted) {
  const proxy = await startWireProxy(testbed.databaseUrl)
  const running = await startProductContenders(testbed, proxy.url)
  const use = await countUse(cellOf(running.all, wanted), proxy)
  await running.stop()
  await proxy.close()
  return use
}

async function measureRounds(testbed: Testbed, wanted: Wanted): Promise<Cell> {
  const { seconds, rounds, profile } = wanted.options
  const hasProfiler = profile !== undefined
  const running = await startProductContenders(testbed, testbed.databaseUrl, { hasProfiler })
  const { product } = running
  const cell = cellOf(running.all, wanted)
  await warmUp(cell)
  const round = { seconds, postgresPid: testbed.server.pid }
  for (let nth = 0; nth < rounds; nth++) {
    const isProfiled = hasProfiler && nth === 0
    await addRound(cell, { ...round, ...(isProfiled && { begin: product.startProfile }) })
    if (!isProfiled) continue
    await product.writeProfile(profile)
    console.log(`The CPU profile of the first round is in ${profile}.`)
  }
  await running.stop()
  return cell
}

function cellOf(contenders: readonly Cell['contender'][], { flow, series }: Wanted): Cell {
  const cell = contenders
    .filter(({ name }) => name === series)
    .flatMap((contender) => cellsOf(contender, [flow]))[0]
  if (!cell) throw new Error(`there is no flow ${flow} for ${series}`)
  return cell
}

function formatCell(cell: Cell, hashMs: number): string {
  const middle = middleOf(cell)
  const hash = cell.hashes * hashMs
  const row = (label: string, value = Number.NaN, decimals = 0) => [
    ...[label, formatNumber(value, decimals)],
  ]
  return formatTable(
    [`${cell.flow}, ${cell.contender.name}`, `median of ${cell.rounds.length}`],
    [
      row('visits per second', middle('perSecond'), 1),
      row('p50, ms', middle('p50Ms'), 1),
      row('p95, ms', middle('p95Ms'), 1),
      row('p99, ms', middle('p99Ms'), 1),
      row('CPU of web per visit, ms', middle('webMs'), 2),
      row('- of it a hash, measured alone, ms', hash, 2),
      row('- the rest, ms', middle('webMs') - hash, 2),
      row('- first thread, ms', middle('mainThreadMs'), 2),
      row('CPU of PostgreSQL per visit, ms', middle('postgresMs'), 2),
      row('statements', cell.use?.statements),
      row('round trips', cell.use?.trips),
      row('- one after the other', cell.use?.waits),
      row('CPU of the driver, % of a core', middle('driverShare') * 100),
      row('visits that ended with 503', middle('unavailable')),
    ],
  )
}
