import { setTimeout as sleep } from 'node:timers/promises'
import { vi } from 'vitest'
import type { Client } from '../support/client'
import type { Customer } from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { FLOWS, type Flow } from './flows'
import { acceptedFor, type Kept } from './promises'
import type { System } from './system'
import { newBrowser, type Seen, startVisit } from './visit'

/** Between two flows of a visitor. */
const PAUSE_MS = 100
const KNOWN = 10

type Person = { customer: Customer; client: Client }
/** A flow that was begun. `endedAt`: undefined while it goes on. `failure`: why it did not reach its end. */
type Begun = { flow: string; startedAt: number; endedAt?: number; failure?: string }

/** A steady load on the product. */
export type Load = {
  seen: Seen
  kept: Kept[]
  flows: Begun[]
  /** Visitors who see error pages give up at this time. */
  patientUntil(time: number): void
  /** Inserts the customers that the next flows use. */
  prepare(count: number): Promise<void>
  stop(): Promise<void>
}

export async function startLoad(system: System): Promise<Load> {
  const fresh: Person[] = []
  const known: Person[] = []
  let giveUpAt = Number.POSITIVE_INFINITY
  let isStopping = false
  const load = {
    seen: { answers: [], lastErrorAt: 0, dishonest: [] } as Seen,
    kept: [] as Kept[],
    flows: [] as Begun[],
  }
  const isOver = () => isStopping || performance.now() > giveUpAt
  const used = new Set<string>()

  async function codeTo(address: string) {
    load.kept.push({ kind: 'code', to: address })
    return vi.waitFor(
      () => {
        const code = acceptedFor(system, address)
          .map(({ text }) => /\b\d{6}\b/.exec(text)?.[0])
          .find((one) => one && !used.has(address + one))
        if (!code) throw new Error(`no code to ${address}`)
        used.add(address + code)
        return code
      },
      { timeout: 40_000, interval: 50 },
    )
  }

  const stage = {
    fresh: () => fresh.pop() ?? fail('a fresh customer'),
    known: () => known[load.flows.length % known.length] ?? fail('a known customer'),
    codeTo,
    promise: (kept: Kept) => load.kept.push(kept),
  }

  async function visit(flow: Flow) {
    const begun: Begun = { flow: flow.name, startedAt: performance.now() }
    load.flows.push(begun)
    await flow
      .run(stage, (client) => startVisit(client, load.seen, { isOver }))
      .catch((error: Error) => Object.assign(begun, { failure: `${error.name} ${error.message}` }))
    begun.endedAt = performance.now()
  }

  async function repeat(flow: Flow) {
    while (!isStopping) {
      await visit(flow)
      await sleep(PAUSE_MS)
    }
  }

  async function prepare(count: number) {
    while (fresh.length < count) fresh.push(await newPerson())
  }

  for (let nth = 0; nth < KNOWN; nth++) known.push(await newPerson())
  await prepare(60)
  const visitors = FLOWS.map(repeat)
  return {
    ...load,
    prepare,
    patientUntil(time) {
      giveUpAt = time
    },
    async stop() {
      isStopping = true
      await Promise.all(visitors)
    },
  }
}

async function newPerson(): Promise<Person> {
  const customer = await insertCustomer()
  return { customer, client: await insertSession(customer, newBrowser()) }
}

function fail(what: string): never {
  throw new Error(`the load has not ${what}`)
}
