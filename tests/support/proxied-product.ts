import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { newFolder } from './environment'
import { type FakeProviders, startFakeProviders } from './fake-providers'
import { type Product, startProduct } from './product'
import { environmentOf } from './provider-environment'
import { speakTo } from './running'
import { startTcpProxy, type TcpProxy } from './tcp-proxy'

/** A product whose connections to PostgreSQL go through `proxy`, and its fake providers. */
export type ProxiedProduct = {
  product: Product
  proxy: TcpProxy
  fakes: FakeProviders
  /** Runs SQL past the proxy. */
  connect(): Promise<pg.Client>
}

/**
 * Starts a product for this file alone, with a database of its own on the server of the shared
 * product. Fixtures write to this database, past the proxy.
 */
export function startProxiedProduct(): () => ProxiedProduct {
  let own: ProxiedProduct | undefined
  const name = `test_${randomBytes(8).toString('hex')}`
  const shared = inject('product')
  const secrets = JSON.parse(readFileSync(path.join(shared.dataDir, 'embedded.json'), 'utf8'))
  const server = secrets.DATABASE_URL

  beforeAll(async () => {
    await onServer(server, `create database ${name}`)
    const fakes = await startFakeProviders()
    const url = new URL(server)
    const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) })
    url.pathname = `/${name}`
    const direct = url.href
    url.port = String(proxy.port)
    const { AUTH_SECRET, SEALING_KEYS, HASHING_KEYS } = secrets
    const keys = { AUTH_SECRET, SEALING_KEYS, HASHING_KEYS }
    const env = { ...keys, ...environmentOf(fakes.url), DATABASE_URL: url.href }
    const product = await startProduct({ env: { ...env, TRUSTED_PROXY_HOPS: '1' } })
    speakTo({
      origin: product.origin,
      dataDir: writeFixtureFolder({ ...secrets, DATABASE_URL: direct }),
    })
    own = { product, proxy, fakes, connect: () => open(direct) }
  }, 240_000)

  afterAll(async () => {
    speakTo(shared)
    own?.proxy.restore()
    expect(await own?.product.stop()).toBe(0)
    await own?.fakes.close()
    await own?.proxy.close()
    await onServer(server, `drop database ${name} with (force)`)
  })
  return () => own ?? fail()
}

function writeFixtureFolder(secrets: Record<string, string>) {
  const folder = newFolder('proxied')
  writeFileSync(path.join(folder, 'embedded.json'), JSON.stringify(secrets), { mode: 0o600 })
  writeFileSync(path.join(folder, 'clock'), '0')
  return folder
}

async function open(connectionString: string) {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  return client
}

async function onServer(url: string, sql: string) {
  const client = await open(url)
  await client.query(sql).finally(() => client.end())
}

function fail(): never {
  throw new Error('the product is not started yet')
}
