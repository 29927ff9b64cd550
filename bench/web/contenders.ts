import type { DatabaseServer } from '@/bench/support/database'
import { openConnections } from './browser-requests'
import { clearTraces } from './challenges'
import { cycle, type Flow, type FlowName, type Send } from './flow'
import { prepareMarkup, startMarkup } from './markup'
import { startPeer } from './peer'
import { peerFlows } from './peer-flows'
import { openPeerDatabase, type PeerDatabase } from './peer-seed'
import { type ProductOptions, type ProductServer, startProduct } from './product'
import { productFlows, readProfile } from './product-flows'
import { opening, SERIES, type Series } from './product-forms'
import { strictly } from './round'
import type { Testbed } from './testbed'

/** One side of the comparison: `form` and `action` are the product in two kinds of browser. */
export type ContenderName = Series | 'peer' | 'markup'

/** A running server and what visitors do there. `clear` removes what earlier rounds left behind. */
export type Contender = {
  name: ContenderName
  pid: number
  flows: Partial<Record<FlowName, Flow>>
  send: Send
  clear(): Promise<void>
}

/** Servers that run, and how to end all of them. */
export type Contenders = { all: Contender[]; stop(): Promise<void> }

/** Starts the product's web process, for both kinds of browser. */
export async function startProductContenders(
  { server, customers }: Pick<Testbed, 'customers'> & { server: Pick<DatabaseServer, 'secrets'> },
  databaseUrl: string,
  options: ProductOptions = {},
): Promise<Contenders & { product: ProductServer }> {
  const product = await startProduct(server.secrets, databaseUrl, options)
  const { origin, pid } = product
  const { send: open, close } = openConnections(origin)
  const send = strictly(open)
  return {
    product,
    all: SERIES.map((name) => ({
      ...{ name, pid, send, clear: clearTraces },
      flows: productFlows({ origin, customers, open }, name),
    })),
    async stop() {
      await close()
      await product.stop()
    },
  }
}

/** Inserts the customers into the tables of the peer. */
export const openPeerTables = ({ customers }: Testbed, databaseUrl: string) =>
  openPeerDatabase(databaseUrl, [...customers.logins, ...customers.resets])

/** Starts the peer's web process. */
export async function startPeerContender(
  { customers }: Testbed,
  database: PeerDatabase,
  databaseUrl: string,
): Promise<Contenders> {
  const { origin, pid, stop } = await startPeer(databaseUrl)
  const { send: open, close } = openConnections(origin)
  return {
    all: [
      {
        ...{ name: 'peer', pid, send: strictly(open), clear: database.clear },
        flows: peerFlows({ origin, customers, database, open }),
      },
    ],
    async stop() {
      await close()
      await stop()
    },
  }
}

/** Starts the copy of the product that renders the markup of its profile without data. */
export async function startMarkupContender(
  { server, databaseUrl, customers }: Testbed,
  { product }: { product: ProductServer },
): Promise<Contenders> {
  await prepareMarkup(await readProfile(product.origin, customers))
  const { origin, pid, stop } = await startMarkup(server.secrets, databaseUrl)
  const { send: open, close } = openConnections(origin)
  const prepare = async () =>
    cycle([async (send: Send) => void (await send(opening('/profile', 'visit=kept'), 200))])
  return {
    all: [
      {
        ...{ name: 'markup', pid, send: strictly(open), clear: clearTraces },
        flows: { profile: { hashes: 0, prepare } },
      },
    ],
    async stop() {
      await close()
      await stop()
    },
  }
}
