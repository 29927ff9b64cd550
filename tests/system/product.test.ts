import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { dumpDatabase, formsOf } from '../http/database'
import { startReset } from '../http/flows'
import { newClient, newIp } from '../support/client'
import {
  newEmail,
  nextCode,
  OTHER_PASSWORD,
  walkLogin,
  walkRecovery,
  walkRegistration,
  wrongCode,
} from '../support/customers'
import { type Product, startProduct } from '../support/product'
import { startOwnProduct } from '../support/running'
import { startRedisServer } from './redis-server'

const PATIENCE = { timeout: 15_000, interval: 250 }
/** For six log-ins, each of which hashes a password. */
const LIMIT_MS = 5_000
const HELD = 'Tekan tombolnya lagi dalam'
const FREE = 5
const COUNTER = /^recovery-account:(?:check|[A-Za-z]+:[0-9a-f]{64})$/
const OF_ATTEMPTS = /attempt|failure|code|once/i

const server = await startRedisServer()
const product = startOwnProduct({ REDIS_URL: server.url })
/** It has the keys of the first one and a database of its own, so they share nothing but Redis. */
let other: Product

beforeAll(async () => {
  other = await startProduct({ env: { REDIS_URL: server.url, TRUSTED_PROXY_HOPS: '1' } })
})

afterAll(async () => {
  try {
    expect(await other?.stop()).toBe(0)
  } finally {
    await server.stop()
  }
})

/** Tries to log in. Returns whether a proof is asked for first. */
async function isHeld(identifier: string, base = product().origin) {
  const client = newClient({ base })
  const answer = await client.send('/login', 'Masuk', { identifier, password: OTHER_PASSWORD })
  expect(answer.status).toBe(200)
  return answer.html.includes(HELD)
}

async function tryOut(identifier: string, bases: readonly string[]) {
  const held: boolean[] = []
  for (const base of bases) held.push(await isHeld(identifier, base))
  return held
}

const letIn = (times: number) => Array.from({ length: times }, () => false)
const isCounted = async () => {
  await server.ask('FLUSHALL')
  await isHeld(newEmail())
  return (await server.dump()).some(({ key }) => key.includes('loginFree'))
}
const linesOf = (event: string) =>
  product()
    .readLog()
    .split('\n')
    .filter((line) => line.includes(`"${event}"`))

it('counts requests to two processes together', async () => {
  const [one, two] = [product().origin, other.origin]
  expect(await tryOut(newEmail(), [one, two, one, two, one, two])).toEqual([...letIn(FREE), true])
})

it('keeps no attempt in Redis, and no address in clear', async () => {
  await server.ask('FLUSHALL')
  const ip = newIp()
  const customer = await walkRegistration(undefined, newClient({ ip }))
  const recovery = newEmail()
  await isHeld(customer.email)
  await walkRecovery(await walkLogin(customer, newClient({ ip })), customer, 'email', recovery)
  const visitor = newClient({ ip })
  const page = await startReset(visitor, customer.phone)
  const code = await nextCode(customer.phone, 'reset_password')
  await visitor.press(page, 'Verifikasi', { code: wrongCode(code) })

  const found = await server.dump()
  expect(found.length).toBeGreaterThan(10)
  for (const { key, value, seconds } of found) {
    expect(key).toMatch(COUNTER)
    expect(key).not.toMatch(OF_ATTEMPTS)
    expect([Number.isInteger(Number(value)), seconds > 0]).toEqual([true, true])
  }
  const text = JSON.stringify(found)
  const hidden = [customer.email, customer.phone, customer.phone.slice(1), recovery, ip, `${ip}/32`]
  for (const form of hidden.flatMap((address) => formsOf(address))) expect(text).not.toContain(form)
  const { 'public."FailureCount"': attempts, 'public."RateLimit"': limits } = await dumpDatabase()
  expect([attempts?.includes('primary_phone'), limits?.includes('login')]).toEqual([true, false])
})

it('counts in PostgreSQL while Redis is gone, and in Redis when it is back', async () => {
  const before = linesOf('redis_lost').length
  await server.kill()
  const base = product().origin
  const start = performance.now()
  expect(
    await tryOut(
      newEmail(),
      Array.from({ length: FREE + 1 }, () => base),
    ),
  ).toEqual([...letIn(FREE), true])
  expect(performance.now() - start).toBeLessThan(LIMIT_MS)
  expect((await dumpDatabase())['public."RateLimit"']).toContain('loginIdentifier')
  await server.start()
  await vi.waitFor(async () => expect(await isCounted()).toBe(true), PATIENCE)
  const lost = linesOf('redis_lost').slice(before)
  // It is noticed in a request, or when the connection closes.
  const fields = lost.map((line) => Object.keys({ requestId: '', ...JSON.parse(line) }).toSorted())
  expect(fields).toEqual([['event', 'level', 'reason', 'requestId', 'time']])
  expect(lost.join()).not.toMatch(new RegExp(`${server.port}|127\\.0\\.0\\.1|redis:`))
  expect(linesOf('redis_back').length).toBe(before + 1)
})
