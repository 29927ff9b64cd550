import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { PrismaClient } from '@/prisma/client/client'
import type { Channel } from '@/prisma/client/enums'
import { env } from './env'
import { createKeyRecorder, type KeyRecorder } from './key-recorder'
import { keyUser } from './key-user'
import { openPool } from './pool'
import { closeRedis } from './redis'
import type { Result } from './result'
import { markLines, writeAfterCommit } from './security-log'
import { type AnyTx, runIn, statement, type Tx } from './statement'

export type { AnyTx, Tx } from './statement'

const QUEUE_CONNECTIONS = 4

/**
 * The number of waiting messages grows and shrinks fast. A plan that was made while none waited reads
 * all of them for every claim, so each statement is planned again, and sequential scans, sorts, hash
 * and merge joins are off. `enable_*=off` gives a plan a very high cost, for which PostgreSQL with LLVM
 * compiles the plan (jit); that takes far longer than the statement, so jit is off too.
 */
const QUEUE_SESSION = [
  'jit=off',
  'plan_cache_mode=force_custom_plan',
  ...['seqscan', 'bitmapscan', 'sort', 'incremental_sort', 'hashjoin', 'mergejoin'].map(
    (way) => `enable_${way}=off`,
  ),
]

const TRANSACTION = { maxWait: 8_000, timeout: 8_000 } as const

/**
 * The id of no row. Statements for an unknown account use it, so that they equal those for a known
 * one.
 */
export const NIL_UUID = '00000000-0000-0000-0000-000000000000'

type Database = {
  pool: pg.Pool
  client: PrismaClient
  keys: KeyRecorder
  queuePool?: pg.Pool
  wakeUpPool?: pg.Pool
}
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
 * The connections of a worker to its queue, for statements that find rows by an index. They are few,
 * because one statement claims or settles many messages.
 */
export function queuePool(): pg.Pool {
  const database = open()
  database.queuePool ??= connectQueue()
  return database.queuePool
}

/** The one connection by which this process wakes the workers, apart from those that may be in use. */
export function wakeUpPool(): pg.Pool {
  const database = open()
  database.wakeUpPool ??= openPool({ name: 'wake_up', max: 1 })
  return database.wakeUpPool
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

/** The language and the name are empty for an unknown user. */
export type LockedUser = {
  isFrozen: boolean
  isErasing: boolean
  restoredAt: Date | null
  locale: string
  name: string
  /** How messages go to the customer's numbers; null: by SMS. */
  phoneChannel: Channel | null
}

const LOCK_USER = statement<LockedUser>(
  'lock_user',
  `select "frozenAt" is not null as "isFrozen", "eraseAt" is not null as "isErasing", "restoredAt", locale, name, "phoneChannel"
  from "User" where id = $1::uuid for no key update`,
)

/**
 * Locks the row of a user for the transaction and returns what `LockedUser` has; an unknown user is not
 * frozen. Every change of an account takes this lock first. Changes of one account then run one after
 * the other: they do not deadlock, none works with values that another is changing, and none commits
 * after a freeze without seeing it.
 */
export async function lockUser(tx: AnyTx, userId: string): Promise<LockedUser> {
  const [row] = await runIn(tx, LOCK_USER, [userId])
  return row ?? { ...NOBODY, locale: '', name: '' }
}

const NOBODY = { isFrozen: false, isErasing: false, restoredAt: null, phoneChannel: null }

/**
 * Locks the rows of several users in the order of their ids: of two transactions that lock the same
 * ones, one waits for the other, and they do not deadlock.
 */
export async function lockUsers(tx: AnyTx, userIds: readonly string[]): Promise<void> {
  await runIn(tx, LOCK_USERS, [[...userIds]])
}

const LOCK_USERS = statement(
  'lock_users',
  'select 1 from "User" where id = any($1::uuid[]) order by id for no key update',
)

/**
 * Locks a value by its keyed hashes for the transaction. While a new key of HASHING_KEYS becomes the
 * current one, processes store different hashes of one value, which a unique index does not compare.
 * They know the same keys, so they lock the same hashes, in one order.
 */
export async function lockHashes(tx: Tx, hashes: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    select pg_advisory_xact_lock(hashtextextended(hash, 0))
    from (select unnest(${[...hashes]}::text[]) as hash order by hash) as ordered`
}

/** Closes the pools and the connection to Redis; the next use opens others. */
export async function closeDb() {
  const database = store.recoveryAccountDatabase
  store.recoveryAccountDatabase = undefined
  // A process that cannot tell the others is forgotten after ten minutes.
  if (database) await database.keys.letGo(database.pool).catch(() => {})
  await database?.client.$disconnect()
  const pools = [database?.pool, database?.queuePool, database?.wakeUpPool]
  await Promise.all([...pools.map((pool) => pool?.end()), closeRedis()])
}

function open(): Database {
  store.recoveryAccountDatabase ??= connect()
  return store.recoveryAccountDatabase
}

function connect(): Database {
  const keys = createKeyRecorder(keyUser())
  const onConnect = (client: pg.ClientBase) => keys.record(client)
  const pool = openPool({ name: 'product', max: env().DATABASE_POOL, onConnect })
  return { pool, keys, client: new PrismaClient({ adapter: new PrismaPg(pool) }) }
}

function connectQueue() {
  const options = QUEUE_SESSION.map((setting) => `-c ${setting}`).join(' ')
  return openPool({ name: 'queue', max: QUEUE_CONNECTIONS, options })
}
