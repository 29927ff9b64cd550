import type { DatabaseServer } from '@/bench/support/database'
import { pool } from '@/lib/platform/db'
import { logTo } from '@/lib/platform/log'
import { productEnvironment } from './environment'
import { type BenchCustomer, seedCustomers } from './seed'

const LOGINS = 1_500
/** More visits than a flow reaches on a fast machine. A hash takes longer than all the rest. */
const VISITS_PER_SECOND = { withHash: 120, other: 400 } as const
/** For counting statements and warming up. */
const SPARE = 500

/** Customers: `logins` keep their password, `resets` do not. */
export type Customers = { logins: readonly BenchCustomer[]; resets: readonly BenchCustomer[] }

/** The product's database with customers in it. */
export type Testbed = { server: DatabaseServer; databaseUrl: string; customers: Customers }

/** Creates the database, and makes this process one of the product: it prepares what visitors need. */
export async function createTestbed(server: DatabaseServer, seconds: number): Promise<Testbed> {
  const databaseUrl = await server.create('bench_web')
  Object.assign(process.env, productEnvironment(server.secrets, databaseUrl, 1))
  // The lines of what this process prepares are no result.
  logTo({ write: () => {} })
  const customers = await seedTestbed(seconds)
  // In production, PostgreSQL has statistics of its tables. Without them, it may read a whole index to
  // find one address.
  await pool().query('vacuum (analyze)')
  return { server, databaseUrl, customers }
}

/** Inserts the customers into the database of this process. */
export const seedTestbed = async (seconds: number): Promise<Customers> => ({
  logins: await seedCustomers(LOGINS, 0),
  resets: await seedCustomers(visitsIn(seconds) + SPARE, LOGINS),
})

/** How many visits to prepare for so many seconds of a flow with so many hashes. */
export const visitsIn = (seconds: number, hashes = 0) =>
  Math.ceil(seconds * VISITS_PER_SECOND[hashes > 0 ? 'withHash' : 'other'])
