import os from 'node:os'
import type { DatabaseServer } from '@/bench/support/database'
import { describeMachine } from '@/bench/support/machine'
import { residentMiB } from '@/bench/support/resident'
import { type Contender, startProductContenders } from '@/bench/web/contenders'
import type { FlowName, Visit } from '@/bench/web/flow'
import { runVisits } from '@/bench/web/round'
import { createTestbed } from '@/bench/web/testbed'

/** The requests of one part, in this order. Twenty parts are 100 000. */
const PART: [FlowName, number][] = [
  ['profile', 2_000],
  ['code-page', 800],
  ['reset', 1_000],
  ['reset-unknown', 400],
  ['code', 300],
  ['login', 300],
  ['login-new', 100],
  ['login-unknown', 100],
]
const PARTS = 20
/** A part ends when its visits are over, not by the time. */
const UNLIMITED_SECONDS = 600
/** Customers for the visits of a part. */
const SEEDED_SECONDS = 4

export type MemoryFigures = Awaited<ReturnType<typeof measureMemory>>

/** Reads the resident memory of the web process after every 5 000 requests. */
export async function measureMemory(server: DatabaseServer) {
  const testbed = await createTestbed(server, SEEDED_SECONDS)
  const machine = await describeMachine(testbed.databaseUrl)
  const { all, product, stop } = await startProductContenders(testbed, testbed.databaseUrl)
  const form = all.find(({ name }) => name === 'form')
  if (!form) throw new Error('there is no browser without JavaScript')
  const atStartMiB = residentMiB(product.pid)
  const afterPartsMiB: number[] = []
  for (let part = 1; part <= PARTS; part++) {
    for (const [flow, count] of PART) await visit(form, flow, count)
    afterPartsMiB.push(residentMiB(product.pid))
    console.log(`Part ${part} of ${PARTS}: ${Math.round(afterPartsMiB.at(-1) ?? 0)} MiB`)
  }
  await stop()
  const requests = PART.reduce((sum, [, count]) => sum + count, 0)
  return { machine, requests, atStartMiB, afterPartsMiB, loadAtEnd: os.loadavg()[0] ?? 0 }
}

async function visit(contender: Contender, flow: FlowName, count: number) {
  await contender.clear()
  const visits = await contender.flows[flow]?.prepare(count)
  if (!visits) throw new Error(`there is no flow ${flow}`)
  await runVisits(take(visits, count), contender.send, UNLIMITED_SECONDS)
}

function* take(visits: Iterator<Visit>, count: number) {
  for (let nth = 0; nth < count; nth++) {
    const next = visits.next()
    if (next.done) throw new Error('there are too few visits')
    yield next.value
  }
}
