import { readFileSync } from 'node:fs'
import os from 'node:os'
import { type DatabaseServer, startServer } from '@/bench/support/database'
import { describeMachine } from '@/bench/support/machine'
import { withProcesses } from '@/bench/support/processes'
import { checkAgainstBrowser } from './browser-check'
import {
  type Contender,
  type Contenders,
  openPeerTables,
  startMarkupContender,
  startPeerContender,
  startProductContenders,
} from './contenders'
import type { DatabaseUse } from './count-statements'
import { FLOWS } from './flow'
import { judge } from './goals'
import { measureHashMs } from './hash-cost'
import type { Options } from './options'
import { migratePeer, peerVersion, preparePeer } from './peer'
import type { PeerDatabase } from './peer-seed'
import { addRound, type Cell, cellsOf, countUse, warmUp } from './rounds'
import { summarise } from './summary'
import { createTestbed, type Testbed } from './testbed'
import { startWireProxy } from './wire-proxy'

export type WebFigures = Awaited<ReturnType<typeof measureAllFlows>>

/** The peer's database; undefined when the product is measured alone. */
type Peer = { url: string; tables: PeerDatabase } | undefined

/** Measures every flow of the product, of its references, and of the peer. */
export async function measureAllFlows(options: Options) {
  if (!options['no-peer']) await preparePeer()
  const server = await startServer()
  try {
    return await withProcesses(() => measureWith(server, options))
  } finally {
    await server.stop()
  }
}

async function measureWith(server: DatabaseServer, options: Options) {
  const { rounds, seconds } = options
  const testbed = await createTestbed(server, seconds)
  const peer = options['no-peer'] ? undefined : await createPeer(testbed)
  const browserCheck = await checkAgainstBrowser(testbed)
  const machine = { ...(await describeMachine(testbed.databaseUrl)), ...versions(peer) }
  const uses = await countAll(testbed, peer)
  const hashMs = await measureHashMs()
  const cells = await measureCells(testbed, peer, options)
  await peer?.tables.close()
  for (const cell of cells) Object.assign(cell, { use: uses.get(keyOf(cell)) })
  const flows = cells.map((cell) => summarise(cell, hashMs))
  const goals = judge((flow, name) =>
    flows.find((each) => each.flow === flow && each.contender === name),
  )
  const loadAtEnd = os.loadavg()[0] ?? 0
  return { machine, rounds, seconds, hashMs, flows, goals, browserCheck, loadAtEnd }
}

async function createPeer(testbed: Testbed) {
  const url = await testbed.server.createEmpty('bench_peer')
  await migratePeer(url)
  return { url, tables: await openPeerTables(testbed, url) }
}

const versions = (peer: Peer) => ({
  next: String(JSON.parse(readFileSync('node_modules/next/package.json', 'utf8')).version),
  betterAuth: peer ? peerVersion() : 'not measured',
})

const keyOf = ({ flow, contender }: Cell) => `${flow} ${contender.name}`
const allCells = (contenders: readonly Contender[]) =>
  contenders.flatMap((contender) => cellsOf(contender, FLOWS))

/** Counts the statements of every flow, in web processes that are started for it. */
async function countAll(testbed: Testbed, peer: Peer) {
  const uses = new Map<string, DatabaseUse>()
  const countIn = async (url: string, start: (url: string) => Promise<Contenders>) => {
    const proxy = await startWireProxy(url)
    const { all, stop } = await start(proxy.url)
    for (const cell of allCells(all)) uses.set(keyOf(cell), await countUse(cell, proxy))
    await stop()
    await proxy.close()
  }
  await countIn(testbed.databaseUrl, (url) => startProductContenders(testbed, url))
  if (peer) await countIn(peer.url, (url) => startPeerContender(testbed, peer.tables, url))
  return uses
}

/** Measures in alternating rounds, so that other load on the machine affects all of them. */
async function measureCells(testbed: Testbed, peer: Peer, { rounds, seconds }: Options) {
  const product = await startProductContenders(testbed, testbed.databaseUrl)
  const running: Contenders[] = [product, await startMarkupContender(testbed, product)]
  if (peer) running.push(await startPeerContender(testbed, peer.tables, peer.url))
  const order = (cell: Cell) => FLOWS.indexOf(cell.flow)
  const cells = allCells(running.flatMap(({ all }) => all)).toSorted(
    (one, other) => order(one) - order(other),
  )
  for (const cell of cells) await warmUp(cell)
  const round = { seconds, postgresPid: testbed.server.pid }
  for (let nth = 0; nth < rounds; nth++) {
    for (const cell of cells) await addRound(cell, round)
    console.log(`Round ${nth + 1} of ${rounds} is done.`)
  }
  for (const { stop } of running) await stop()
  return cells
}
