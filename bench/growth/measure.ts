import os from 'node:os'
import type { DatabaseServer } from '@/bench/support/database'
import { median } from '@/bench/support/figures'
import { describeMachine } from '@/bench/support/machine'
import { startProcess } from '@/bench/support/processes'
import type { Plans, Times } from './pass'
import { createShop, dropShops } from './shop'

const USERS = [10_000, 1_000_000] as const
const ROUNDS = 3

export type GrowthFigures = Awaited<ReturnType<typeof measureGrowth>>

type Shop = Awaited<ReturnType<typeof createShop>>

/** Measures in rounds that alternate between the shops. */
export async function measureGrowth(server: DatabaseServer) {
  const shops: Shop[] = []
  for (const users of USERS) shops.push(await createShop(server, users))
  const figures = await compare(server, shops)
  // They take many gigabytes.
  await dropShops(shops[0]?.url ?? '', USERS)
  return figures
}

async function compare(server: DatabaseServer, shops: readonly Shop[]) {
  const machine = await describeMachine(shops[0]?.url ?? '')
  const passes = []
  for (const { url } of shops) passes.push(await startPass(server, url))
  const plans: Plans[] = []
  for (const pass of passes) plans.push(await pass.ask<Plans>('plans'))
  for (const pass of passes) await pass.ask('start')
  const times: Times[][] = passes.map(() => [])
  for (let round = 1; round <= ROUNDS; round++) {
    for (const [nth, pass] of passes.entries()) times[nth]?.push(await pass.ask<Times>('round'))
    console.log(`Round ${round} of ${ROUNDS} is done.`)
  }
  for (const pass of passes) {
    await pass.ask('stop')
    await pass.stop()
  }
  const sizes = shops.map(({ users, megabytes }, nth) => ({
    users,
    megabytes,
    flows: plans[nth]?.map(({ flow, statements }) => ({
      flow,
      statements,
      ...middleOf(times[nth] ?? [], flow),
    })),
  }))
  return { machine, rounds: ROUNDS, sizes, loadAtEnd: os.loadavg()[0] ?? 0 }
}

/** The process that works on one database. */
async function startPass(server: DatabaseServer, url: string) {
  const { request, stop } = await startProcess({
    args: ['tools/run.mjs', 'bench/growth/pass.ts'],
    environment: { DATABASE_URL: url, BENCH_SECRETS: JSON.stringify(server.secrets) },
  })
  return {
    ask: async <Answer>(ask: string) => ((await request({ ask })) as { answer: Answer }).answer,
    stop,
  }
}

function middleOf(rounds: readonly Times[], flow: string) {
  const own = rounds.flatMap((round) => round.filter((each) => each.flow === flow))
  return {
    p50Ms: median(own.map(({ p50Ms }) => p50Ms)),
    p95Ms: median(own.map(({ p95Ms }) => p95Ms)),
  }
}
