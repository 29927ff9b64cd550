import { afterEach, expect, it, vi } from 'vitest'
import { newClient } from '../support/client'
import { newCustomer } from '../support/customers'
import { startProxiedProduct } from '../support/proxied-product'
import type { TcpProxy } from '../support/tcp-proxy'

const LIMIT_MS = 10_000
const RECOVERY = { timeout: 15_000, interval: 500 }
/** A worker that is not told of a new job yet asks every two seconds. */
const DELIVERY = { timeout: 8_000, interval: 50 }
/** More concurrent requests than the connections of a process. */
const CROWD = 30

const own = startProxiedProduct()

/** What happens between the product and PostgreSQL. */
const FAULTS: [string, (proxy: TcpProxy) => void, string][] = [
  ['drops every packet', (proxy) => proxy.swallow(), '503 database_unreachable'],
  ['resets every connection', (proxy) => proxy.refuse(), '503 database_unreachable'],
  ['delays every packet by two seconds', (proxy) => proxy.delay(2_000), '503 database_unreachable'],
]

afterEach(() => own().proxy.restore())

/** Registers a customer. Returns whether the provider received the code. */
async function isCodeSent() {
  const { phone, ...customer } = newCustomer()
  const answer = await newClient().send('/register', 'Daftar', { phone, ...customer })
  if (answer.path !== '/register/code') return false
  const number = phone.replace(/^0/, '+62')
  const isReceived = () => own().fakes.received.some(({ to }) => to === number)
  await vi.waitFor(() => expect(isReceived()).toBe(true), DELIVERY)
  return true
}

async function readyz() {
  const response = await fetch(`${own().product.origin}/readyz`)
  return `${response.status} ${(await response.text()).trim()}`
}

async function secondsOf(work: Promise<unknown>) {
  const start = performance.now()
  await work
  return (performance.now() - start) / 1_000
}

it.each(FAULTS)(
  'a network that %s delays no request for more than ten seconds, and the product recovers within fifteen',
  async (_, breakNetwork, words) => {
    expect(await isCodeSent()).toBe(true)
    const page = await newClient().open('/login')
    const logIn = () => {
      const client = newClient()
      // A browser without any cookie is refused before the database is asked.
      client.cookies.set('visit', 'cookies-kept')
      const values = { identifier: newCustomer().email, password: 'perahu kertas' }
      return client.press(page, 'Masuk', values)
    }
    // Every connection of the pool is open, and is then broken.
    await Promise.all(Array.from({ length: CROWD }, logIn))

    breakNetwork(own().proxy)
    const crowd = () => Array.from({ length: CROWD }, () => secondsOf(logIn()))
    const first = await Promise.all([...crowd(), secondsOf(newClient().open('/'))])
    expect(await readyz()).toBe(words)
    // Requests from here on must open a connection first.
    const later = await Promise.all(crowd())
    expect([...first, ...later].filter((seconds) => seconds * 1_000 > LIMIT_MS)).toEqual([])

    own().proxy.restore()
    await vi.waitFor(
      async () => expect([await readyz(), await isCodeSent()]).toEqual(['200 ready', true]),
      RECOVERY,
    )
  },
)
