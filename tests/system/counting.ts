import { randomUUID } from 'node:crypto'
import { setImmediate as endOfTurn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { closeDb, pool } from '@/lib/platform/db'
import { consume, giveBack, peek, takeOnce } from '@/lib/platform/limit-uses'
import { redis } from '@/lib/platform/redis'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy'
import { type RedisServer, startRedisServer } from './redis-server'

const PATIENCE = { timeout: 10_000, interval: 50 }
/** What a silent Redis may cost a request, and what the counting itself takes on a busy machine. */
const DELAY_MS = 1_200
const QUARTER_HOUR = 15 * 60

const newKey = () => randomUUID()

/** How many uses of `loginFree` PostgreSQL has counted. */
async function countedInPostgres(key: string): Promise<number> {
  const { rows } = await pool().query<{ points: number }>(
    'select points from "RateLimit" where key = $1',
    [`loginFree:${key}`],
  )
  return rows[0]?.points ?? 0
}

/** Six uses of a limit of five, one after the other. */
async function spend(key = newKey()) {
  const uses = []
  for (let use = 0; use < 6; use++) uses.push(await consume('loginFree', key))
  expect(uses.map(({ count }) => count)).toEqual([1, 2, 3, 4, 5, 6])
  expect(uses.map(({ waitSeconds }) => waitSeconds === undefined)).toEqual([
    ...Array.from({ length: 5 }, () => true),
    false,
  ])
  return countedInPostgres(key)
}

async function millisecondsOf(work: Promise<unknown>) {
  const start = performance.now()
  await work
  return performance.now() - start
}

const untilCountedIn = (store: 'redis' | 'postgres') =>
  vi.waitFor(async () => expect(await spend()).toBe(store === 'redis' ? 0 : 6), PATIENCE)

/** The limits with a server of this package. */
export function describeCounting(name: string) {
  let server: RedisServer
  let proxy: TcpProxy

  beforeAll(async () => {
    server = await startRedisServer(name)
    proxy = await startTcpProxy({ host: '127.0.0.1', port: server.port })
    process.env.REDIS_URL = `redis://127.0.0.1:${proxy.port}/1`
  })

  afterAll(async () => {
    await closeDb()
    await proxy?.close()
    await server?.stop()
  })

  describe(`limits with ${name}`, () => {
    it('are counted there from the first use on, and end by themselves', async () => {
      const key = newKey()
      expect(await spend(key)).toBe(0)
      const { count, waitSeconds = 0 } = await peek('loginFree', key)
      expect([count, waitSeconds > QUARTER_HOUR - 10, waitSeconds <= QUARTER_HOUR]).toEqual([
        6,
        true,
        true,
      ])
      await giveBack([{ name: 'loginFree', key }])
      await giveBack([{ name: 'loginFree', key }])
      expect(await peek('loginFree', key)).toEqual({ count: 4, waitSeconds: undefined })
      expect(await peek('loginFree', newKey())).toEqual({ count: 0, waitSeconds: undefined })
    })

    it('let exactly as many of many concurrent uses through', async () => {
      const key = newKey()
      const uses = await Promise.all(Array.from({ length: 50 }, () => consume('loginFree', key)))
      expect(uses.filter(({ waitSeconds }) => waitSeconds === undefined).length).toBe(5)
    })

    it('a key that can be taken once is kept in PostgreSQL, and outlives the server', async () => {
      const key = newKey()
      expect(await takeOnce(key, 60)).toBe(true)
      await server.ask('FLUSHALL')
      expect(await takeOnce(key, 60)).toBe(false)
    })

    it.each([
      ['is a replica', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']],
      ['is full', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
      [
        'permits no scripts',
        ['ACL', 'SETUSER', 'default', '-eval'],
        ['ACL', 'SETUSER', 'default', '+eval'],
      ],
    ])(
      'are counted in PostgreSQL while the server %s, which is noticed',
      async (_, spoil, repair) => {
        await untilCountedIn('redis')
        await server.ask(...spoil)
        expect(await spend()).toBe(6)
        await vi.waitFor(async () => expect(await redis()).toBeUndefined(), PATIENCE)
        await server.ask(...repair)
        await untilCountedIn('redis')
      },
    )

    it('are counted in PostgreSQL when the server is killed under way', async () => {
      const key = newKey()
      const uses = Array.from({ length: 200 }, () => consume('loginFree', key))
      // The commands are sent, and hardly one has its answer.
      await endOfTurn()
      await server.kill()
      const counts = (await Promise.all(uses)).map(({ count }) => count)
      expect(Math.max(...counts)).toBeGreaterThanOrEqual(100)
      expect(await millisecondsOf(spend())).toBeLessThan(DELAY_MS)
      await untilCountedIn('postgres')
      await server.start()
      await untilCountedIn('redis')
    })

    it('of a server that falls silent delay a request once, and by at most a second', async () => {
      await untilCountedIn('redis')
      proxy.swallow()
      const all = Array.from({ length: 20 }, () => millisecondsOf(spend()))
      expect(Math.max(...(await Promise.all(all)))).toBeLessThan(DELAY_MS)
      // New connections are accepted, and get no answer either.
      for (let request = 0; request < 20; request++)
        expect(await millisecondsOf(spend())).toBeLessThan(DELAY_MS / 4)
      proxy.restore()
      await untilCountedIn('redis')
    })

    it('of a process that starts while the server is silent are delayed by at most a second', async () => {
      await closeDb()
      proxy.swallow()
      expect(await millisecondsOf(spend())).toBeLessThan(DELAY_MS)
      proxy.restore()
      await untilCountedIn('redis')
    })
  })
}
