import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { type Prisma, PrismaClient } from '@/prisma/client/client'
import { openPool } from './pool'
import type { Result } from './result'

const CONNECTIONS = 20
const QUEUE_CONNECTIONS = 12

/**
 * The queue's table is empty one minute and full the next. A cached plan made for an empty table reads a full one from end to
 * end for every job, so each statement is planned anew and finds its rows by an index; sorts, hash and merge joins would read
 * the whole table. `enable_*=off` gives a plan a very high cost, and PostgreSQL with LLVM compiles every plan of a high cost
 * (jit), which takes far longer than the statement itself.
 */
const QUEUE_SESSION = [
  'jit=off',
  'plan_cache_mode=force_custom_plan',
  ...['seqscan', 'bitmapscan', 'sort', 'incremental_sort', 'hashjoin', 'mergejoin'].map(
    (way) => `enable_${way}=off`,
  ),
]

const TRANSACTION = { maxWait: 9_000, timeout: 9_000 } as const

/** An open transaction. A function that joins one takes it as first parameter. */
export type Tx = Prisma.TransactionClient

/** The id of no row. Statements for an unknown account use it, so that they equal those for a known one. */
export const NIL_UUID = '00000000-0000-0000-0000-000000000000'

type Database = { pool: pg.Pool; client: PrismaClient; queuePool?: pg.Pool }
const store: typeof globalThis & { recoveryAccountDatabase?: Database | undefined } = globalThis

/** The database, opened at first use and shared by the process (kept across hot reloads). */
export function db(): PrismaClient {
  return open().client
}

/** The connection pool beneath `db()`, for libraries that speak SQL themselves. */
export function pool(): pg.Pool {
  return open().pool
}

/**
 * The connections of a worker to its queue, for statements that find rows by an index. There are fewer connections than sends:
 * sends wait for providers most of their time, and many look-ups for the next job at once block each other.
 */
export function queuePool(): pg.Pool {
  const database = open()
  database.queuePool ??= connectQueue()
  return database.queuePool
}

/** Runs `work` in one transaction: all of it commits, or none. No network call and no slow hash may run inside. */
export function transaction<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return db().$transaction(work, TRANSACTION)
}

/** The same for work that may be refused when it has written already: what is refused is rolled back. */
export function transactionUnlessRefused<Value, Word extends string>(
  work: (tx: Tx) => Promise<Result<Value, Word>>,
): Promise<Result<Value, Word>> {
  return transaction((tx) => withSavepoint(tx, () => work(tx)))
}

/** Runs a part of a transaction. When it is refused, what it wrote is rolled back, and the transaction goes on. */
export async function withSavepoint<Value, Word extends string>(
  tx: Tx,
  work: () => Promise<Result<Value, Word>>,
): Promise<Result<Value, Word>> {
  await tx.$executeRaw`savepoint part`
  const outcome = await work()
  if (!outcome.ok) await tx.$executeRaw`rollback to savepoint part`
  await tx.$executeRaw`release savepoint part`
  return outcome
}

/**
 * Takes the row of a user for the transaction, and says whether the account is frozen. Whatever changes an account does so
 * first: those that close each other's challenges queue instead of deadlocking, none acts on what another is changing, and
 * nothing passes a freeze in mid-flight. An unknown user is not frozen.
 */
export async function lockUser(tx: Tx, userId: string): Promise<{ isFrozen: boolean }> {
  const [row] = await tx.$queryRaw<{ isFrozen: boolean }[]>`
    select "frozenAt" is not null as "isFrozen" from "User" where id = ${userId}::uuid for no key update`
  return { isFrozen: row?.isFrozen ?? false }
}

/** Closes the pool; the next use opens another. */
export async function closeDb() {
  const database = store.recoveryAccountDatabase
  store.recoveryAccountDatabase = undefined
  await database?.client.$disconnect()
  await Promise.all([database?.pool.end(), database?.queuePool?.end()])
}

function open(): Database {
  store.recoveryAccountDatabase ??= connect()
  return store.recoveryAccountDatabase
}

function connect(): Database {
  const pool = openPool({ max: CONNECTIONS })
  return { pool, client: new PrismaClient({ adapter: new PrismaPg(pool) }) }
}

function connectQueue() {
  const options = QUEUE_SESSION.map((setting) => `-c ${setting}`).join(' ')
  return openPool({ max: QUEUE_CONNECTIONS, options })
}
