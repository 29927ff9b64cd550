import * as z from 'zod'
import { type Contenders, startProductContenders } from '@/bench/web/contenders'
import { productEnvironment } from '@/bench/web/environment'
import { FLOWS } from '@/bench/web/flow'
import { addRound, type Cell, cellsOf, warmUp } from '@/bench/web/rounds'
import { seedTestbed, visitsIn } from '@/bench/web/testbed'
import { explainAll, type Planned, startPlanReader } from './plans'

/** What the benchmark asks this process for, which works on one database. */
const question = z.enum(['plans', 'start', 'round', 'stop'])

/** Milliseconds of each flow in one round. */
export type Times = { flow: string; p50Ms: number; p95Ms: number }[]
export type Plans = { flow: string; statements: Planned[] }[]

const SECONDS = 3
const PLANNED_VISITS = 40

const given = z
  .object({ DATABASE_URL: z.string(), secrets: z.string().transform((text) => JSON.parse(text)) })
  .parse({ DATABASE_URL: process.env.DATABASE_URL, secrets: process.env.BENCH_SECRETS })

Object.assign(process.env, productEnvironment(given.secrets, given.DATABASE_URL, 1))
const customers = await seedTestbed(SECONDS)
const testbed = { server: { secrets: given.secrets }, customers }

let running: { contenders: Contenders; cells: Cell[] } | undefined

const start = async (url: string) => {
  const contenders = await startProductContenders(testbed, url)
  const form = contenders.all.filter(({ name }) => name === 'form')
  const cells = form.flatMap((contender) => cellsOf({ ...contender, clear: forget }, FLOWS))
  return { contenders, cells }
}

/** Forgets what limits and attempts counted, and nothing else: the tables keep their size. */
async function forget() {
  const { pool } = await import('@/lib/platform/db')
  await pool().query('truncate "RateLimit", "FailureCount", "SmsCount"')
}

async function readPlans(): Promise<Plans> {
  await explainAll(given.DATABASE_URL, true)
  const reader = await startPlanReader(given.DATABASE_URL)
  const { contenders, cells } = await start(reader.url)
  const plans: Plans = []
  for (const { flow, contender } of cells) {
    await forget()
    const visits = await contender.flows[flow]?.prepare(PLANNED_VISITS)
    if (visits) plans.push({ flow, statements: await reader.read(visits, contender.send) })
  }
  await contenders.stop()
  await reader.close()
  await explainAll(given.DATABASE_URL, false)
  return plans
}

async function measureRound(): Promise<Times> {
  const times: Times = []
  for (const cell of running?.cells ?? []) {
    await addRound(cell, { seconds: SECONDS, postgresPid: process.pid })
    const { p50Ms = Number.NaN, p95Ms = Number.NaN } = cell.rounds.at(-1) ?? {}
    times.push({ flow: cell.flow, p50Ms, p95Ms })
  }
  return times
}

async function answer(asked: z.output<typeof question>) {
  if (asked === 'plans') return readPlans()
  if (asked === 'round') return measureRound()
  if (asked === 'stop') return running?.contenders.stop()
  running = await start(given.DATABASE_URL)
  for (const cell of running.cells) await warmUp(cell)
  return visitsIn(SECONDS)
}

process.on('message', async (message) => {
  const { ask } = z.object({ ask: question }).parse(message)
  process.send?.({ answer: await answer(ask) })
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
