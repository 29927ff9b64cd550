import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { newClient } from '../support/client'
import { newCustomer } from '../support/customers'
import { environmentOf, startFakeProviders } from '../support/fake-providers'
import { type Product, startProduct } from '../support/product'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy'

const LIMIT_MS = 10_000
const RECOVERY_MS = 15_000
/** More concurrent requests than the connections of a process. */
const CROWD = 30

const fakes = await startFakeProviders()
let server: URL
let proxy: TcpProxy
let product: Product

const database = `test_${randomBytes(8).toString('hex')}`

beforeAll(async () => {
  const secrets = JSON.parse(
    readFileSync(path.join(inject('product').dataDir, 'embedded.json'), 'utf8'),
  )
  server = new URL(secrets.DATABASE_URL)
  await onServer(`create database ${database}`)
  proxy = await startTcpProxy({ host: server.hostname, port: Number(server.port) })
  const url = new URL(server)
  Object.assign(url, { port: String(proxy.port), pathname: `/${database}` })
  const { AUTH_SECRET, SEALING_KEYS, HASHING_KEYS } = secrets
  const env = {
    DATABASE_URL: url.href,
    AUTH_SECRET,
    SEALING_KEYS,
    HASHING_KEYS,
    ...environmentOf(fakes.url),
  }
  product = await startProduct({ env: { ...env, TRUSTED_PROXY_HOPS: '1' } })
})

afterAll(async () => {
  expect(await product.stop()).toBe(0)
  await fakes.close()
  await proxy.close()
  await onServer(`drop database ${database} with (force)`)
})

async function onServer(sql: string) {
  const client = new pg.Client({ connectionString: server.href })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

/** Registers a customer. Returns whether the provider received the code. */
async function isCodeSent() {
  const { phone, ...customer } = newCustomer()
  const client = newClient({ base: product.origin })
  const answer = await client.press(await client.open('/register'), 'Daftar', {
    phone,
    ...customer,
  })
  if (answer.location !== '/register/code') return false
  await vi.waitFor(() =>
    expect(fakes.received.some(({ to }) => to === phone.replace(/^0/, '+62'))).toBe(true),
  )
  return true
}

async function readyz() {
  const response = await fetch(`${product.origin}/readyz`)
  return `${response.status} ${(await response.text()).trim()}`
}

async function secondsOf(work: Promise<unknown>) {
  const start = performance.now()
  await work
  return (performance.now() - start) / 1_000
}

it('a database that drops packets delays no request for more than ten seconds, and is used again soon after it recovers', async () => {
  expect(await isCodeSent()).toBe(true)
  const open = newClient({ base: product.origin })
  const page = await open.open('/login')
  // Every connection of the pool is open, and is then cut.
  const logIn = () =>
    newClient({ base: product.origin }).press(page, 'Masuk', {
      identifier: newCustomer().email,
      password: 'perahu kertas',
    })
  await Promise.all(Array.from({ length: CROWD }, logIn))

  proxy.swallow()
  const answers = [...Array.from({ length: CROWD }, logIn), fetch(`${product.origin}/`)]
  const slowest = Math.max(...(await Promise.all(answers.map(secondsOf))))
  expect(await readyz()).toBe('503 database_unreachable')
  // Requests from here on must open a connection first.
  const later = Math.max(
    ...(await Promise.all(Array.from({ length: CROWD }, () => secondsOf(logIn())))),
  )
  expect([slowest * 1_000 < LIMIT_MS, later * 1_000 < LIMIT_MS]).toEqual([true, true])

  proxy.restore()
  await vi.waitFor(
    async () => expect([await readyz(), await isCodeSent()]).toEqual(['200 ready', true]),
    {
      timeout: RECOVERY_MS,
      interval: 500,
    },
  )
})
