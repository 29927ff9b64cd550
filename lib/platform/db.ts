import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { type Prisma, PrismaClient } from '@/prisma/client/client'
import { openPool } from './pool'
import { closeRedis } from './redis'
import type { Result } from './result'
import { markLines, writeAfterCommit } from './security-log'

const CONNECTIONS = 20
const QUEUE_CONNECTIONS = 12

/**
 * The table of the queue grows and shrinks fast. A plan that was cached for an empty table scans a
 * full one for every job, so each statement is planned again, and sequential scans, sorts, hash and
 * merge joins are off. `enable_*=off` gives a plan a very high cost, for which PostgreSQL with LLVM
 * compiles the plan (jit); that takes far longer than the statement, so jit is off too.
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

/**
 * The id of no row. Statements for an unknown account use it, so that they equal those for a known
 * one.
 */
export const NIL_UUID = '00000000-0000-0000-0000-000000000000'

type Database = { pool: pg.Pool; client: PrismaClient; queuePool?: pg.Pool }
const store: typeof globalThis & { recoveryAccountDatabase?: Database | undefined } = globalThis

/** The database, opened at first use and shared by the process (kept across hot reloads). */
export function db(): PrismaClient {
  return open().client
}

/** The connection pool of `db()`, for libraries that use SQL themselves. */
export function pool(): pg.Pool {
  return open().pool
}

/**
 * The connections of a worker to its queue, for statements that find rows by an index. There are
 * fewer connections than concurrent sends: a send mostly waits for its provider, and concurrent
 * look-ups for the next job block each other.
 */
export function queuePool(): pg.Pool {
  const database = open()
  database.queuePool ??= connectQueue()
  return database.queuePool
}

/**
 * Runs `work` in one transaction: all of it commits, or none. No network call and no slow hash may
 * run inside. Security events that it logs are written after the commit.
 */
export function transaction<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return writeAfterCommit(() => db().$transaction(work, TRANSACTION))
}

/**
 * Like `transaction`, for work that may be refused after it wrote: a refusal rolls back what it
 * wrote.
 */
export function transactionUnlessRefused<Value, Word extends string>(
  work: (tx: Tx) => Promise<Result<Value, Word>>,
): Promise<Result<Value, Word>> {
  return transaction((tx) => withSavepoint(tx, () => work(tx)))
}

/**
 * Runs a part of a transaction. When it is refused, what it wrote is rolled back, and the
 * transaction goes on.
 */
export async function withSavepoint<Value, Word extends string>(
  tx: Tx,
  work: () => Promise<Result<Value, Word>>,
): Promise<Result<Value, Word>> {
  await tx.$executeRaw`savepoint part`
  const dropLines = markLines()
  const outcome = await work()
  if (!outcome.ok) {
    await tx.$executeRaw`rollback to savepoint part`
    dropLines()
  }
  await tx.$executeRaw`release savepoint part`
  return outcome
}

/**
 * Locks the row of a user for the transaction and returns whether the account is frozen; an unknown
 * user is not. Every change of an account takes this lock first. Changes of one account then run
 * one after the other: they do not deadlock, none works with values that another is changing, and
 * none commits after a freeze without seeing it.
 */
export async function lockUser(tx: Tx, userId: string): Promise<{ isFrozen: boolean }> {
  const [row] = await tx.$queryRaw<{ isFrozen: boolean }[]>`
    select "frozenAt" is not null as "isFrozen" from "User" where id = ${userId}::uuid for no key update`
  return { isFrozen: row?.isFrozen ?? false }
}

/**
 * Locks the rows of several users in the order of their ids: of two transactions that lock the same
 * ones, one waits for the other, and they do not deadlock.
 */
export async function lockUsers(tx: Tx, userIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    select 1 from "User" where id = any(${[...userIds]}::uuid[]) order by id for no key update`
}

/** Closes the pool and the connection to Redis; the next use opens others. */
export async function closeDb() {
  const database = store.recoveryAccountDatabase
  store.recoveryAccountDatabase = undefined
  await database?.client.$disconnect()
  await Promise.all([database?.pool.end(), database?.queuePool?.end(), closeRedis()])
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
