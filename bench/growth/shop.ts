import { readFileSync } from 'node:fs'
import pg from 'pg'
import type { DatabaseServer } from '@/bench/support/database'

/** Creates a database of the product with so many customers. Returns its URL and its size in MB. */
export async function createShop(server: DatabaseServer, users: number) {
  const url = await server.create(nameOf(users))
  const startedAt = performance.now()
  const megabytes = await onDatabase(url, (client) => fill(client, users))
  const seconds = Math.round((performance.now() - startedAt) / 1_000)
  console.log(`${users} customers: ${megabytes} MB, written in ${seconds} s.`)
  return { users, url, megabytes }
}

async function fill(client: pg.Client, users: number) {
  const rows = readFileSync('bench/growth/rows.sql', 'utf8')
  await client.query(rows.replaceAll('USERS', String(users)))
  // It must stand alone.
  await client.query('vacuum (analyze)')
  await client.query('checkpoint')
  const read = 'select pg_database_size(current_database()) as bytes'
  const { rows: sizes } = await client.query<{ bytes: string }>(read)
  return Math.round(Number(sizes[0]?.bytes) / 2 ** 20)
}

async function onDatabase<Value>(url: string, work: (client: pg.Client) => Promise<Value>) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return work(client).finally(() => client.end())
}

/** Removes the databases that were made. */
export async function dropShops(url: string, allUsers: readonly number[]) {
  const server = Object.assign(new URL(url), { pathname: '/postgres' }).href
  await onDatabase(server, async (client) => {
    for (const users of allUsers)
      await client.query(`drop database if exists ${nameOf(users)} with (force)`)
  })
}

const nameOf = (users: number) => `bench_growth_${users}`
