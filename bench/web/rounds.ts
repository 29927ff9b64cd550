import type { Contender } from './contenders'
import { countStatements, type DatabaseUse, VISITS_TO_COUNT } from './count-statements'
import type { FlowName } from './flow'
import { measureRound, type Round, runVisits } from './round'
import { visitsIn } from './testbed'
import type { WireProxy } from './wire-proxy'

/** Seconds before the first round: V8 optimises a function after many calls. */
export const WARM_UP_SECONDS = 20
/** In these flows, a visit needs a code that was sent before. */
const FLOWS_WITH_CODES: readonly FlowName[] = ['password', 'code']
export const WARM_UP_WITH_CODES_SECONDS = 4

/** A flow at one contender, and its rounds. */
export type Cell = {
  flow: FlowName
  contender: Contender
  hashes: number
  use?: DatabaseUse
  rounds: Round[]
}

/** The flows that a contender has, of these. */
export const cellsOf = (contender: Contender, names: readonly FlowName[]): Cell[] =>
  names.flatMap((flow) => {
    const found = contender.flows[flow]
    return found ? [{ flow, contender, hashes: found.hashes, rounds: [] }] : []
  })

async function prepare({ flow, contender }: Cell, visits: number) {
  await contender.clear()
  const found = contender.flows[flow]
  if (!found) throw new Error(`${contender.name} has no flow ${flow}`)
  return found.prepare(visits)
}

/** Visits that are not measured, so that the code is compiled and the connections are open. */
export async function warmUp(cell: Cell): Promise<void> {
  const needsCodes = FLOWS_WITH_CODES.includes(cell.flow)
  const seconds = needsCodes ? WARM_UP_WITH_CODES_SECONDS : WARM_UP_SECONDS
  const visits = await prepare(cell, visitsIn(seconds, cell.hashes))
  await runVisits(visits, cell.contender.send, seconds)
}

/** Adds a measured round to a cell. `begin` is called when everything is prepared. */
export async function addRound(
  cell: Cell,
  {
    seconds,
    postgresPid,
    begin,
  }: { seconds: number; postgresPid: number; begin?(): Promise<void> },
): Promise<void> {
  const visits = await prepare(cell, visitsIn(seconds, cell.hashes))
  await begin?.()
  const { pid: webPid, send } = cell.contender
  const measured = { webPid, postgresPid }
  cell.rounds.push(await measureRound(visits, { send, seconds, measured }))
}

/** Counts the statements of a cell whose web process is connected through `proxy`. */
export async function countUse(cell: Cell, proxy: WireProxy): Promise<DatabaseUse> {
  return countStatements(await prepare(cell, VISITS_TO_COUNT), cell.contender.send, proxy)
}
