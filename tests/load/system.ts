import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import * as z from 'zod'
import { emptyEnvironment } from '../support/environment'
import { type FakeProviders, startFakeProviders } from '../support/fake-providers'
import { type Product, startProduct } from '../support/product'
import { environmentOf } from '../support/provider-environment'
import { speakTo } from '../support/running'

/** Fewer than the visitors, so that slow statements can hold all of them. */
const POOL = '5'

const embedded = z.object({ DATABASE_URL: z.string() })

/** A running product with its own PostgreSQL and providers, and a connection of a superuser. */
export type System = {
  product: Product
  fakes: FakeProviders
  admin: pg.Client
  connect(): Promise<pg.Client>
}

export async function startSystem(): Promise<System> {
  const fakes = await startFakeProviders()
  const env = { ...environmentOf(fakes.url), TRUSTED_PROXY_HOPS: '1', DATABASE_POOL: POOL }
  const product = await startProduct({ env })
  speakTo(product)
  // The audit reads the database of the running product.
  Object.assign(process.env, emptyEnvironment(), { DATA_DIR: product.dataDir })
  const file = path.join(product.dataDir, 'embedded.json')
  const { DATABASE_URL } = embedded.parse(JSON.parse(readFileSync(file, 'utf8')))
  const connect = () => open(DATABASE_URL)
  return { product, fakes, admin: await connect(), connect }
}

/** Ends it all. Returns the exit code of the product. */
export async function stopSystem({ product, fakes, admin }: System): Promise<number | null> {
  await admin.end()
  const code = await product.stop()
  await fakes.close()
  return code
}

async function open(connectionString: string) {
  // What makes the database read-only must be undone by somebody.
  const options = '-c default_transaction_read_only=off'
  const client = new pg.Client({ connectionString, options, application_name: 'operator' })
  client.on('error', () => {})
  await client.connect()
  return client
}
