import { RateLimiterRes } from 'rate-limiter-flexible'
import {
  type BoundedCounter,
  type Counted,
  type Counter,
  count,
  countUnless,
  readCounts,
  takeBack,
} from './limit-counts'
import { limiterInRedis } from './limiters'
import { LIMITS, type LimitName } from './limits'
import { redis } from './redis'
import { afterCommit } from './security-log'
import type { AnyTx, Sql } from './statement'

/** A key that can be taken once in so many seconds. */
export type Once = { key: string; seconds: number }

const onceCounter = (once: Once): Counter => ({ name: 'once', ...once })

/**
 * Takes a key that can be taken once in so many seconds; false when it was taken before.
 * Always in PostgreSQL: Redis may lose a key, and a used ticket would then hold again.
 */
export async function takeOnce(key: string, seconds: number, tx?: AnyTx): Promise<boolean> {
  const [taken] = await count([onceCounter({ key, seconds })], tx)
  return taken?.count === 1
}

/** Whether `takeOnce` would find the key taken. */
export async function isTaken(key: string): Promise<boolean> {
  const [taken] = await readCounts([{ name: 'once', key }])
  return (taken?.count ?? 0) > 0
}

/** A counted use: how many there are now, and, above the limit, the seconds to wait. */
export type Use = { count: number; waitSeconds: number | undefined }

/** Consumes one use of a limit. */
export async function consume(name: LimitName, key: string): Promise<Use> {
  const [use] = await consumeAll([{ name, key }])
  if (!use) throw new Error(`limit ${name} was not counted`)
  return use
}

/** Consumes one use of each limit: one statement, unless the limits are in Redis. */
export async function consumeAll(counters: readonly Counter[], tx?: AnyTx): Promise<Use[]> {
  if (await redis()) return Promise.all(counters.map(consumeInRedis))
  return toUses(counters, await count(counters, tx), 'after')
}

/**
 * Consumes one use of each limit like `consumeAll`, and takes a key like `takeOnce`, by one statement
 * unless the limits are in Redis.
 */
export async function consumeAndTake(
  counters: readonly Counter[],
  once: Once,
  tx: AnyTx,
): Promise<{ uses: Use[]; isFirst: boolean }> {
  if (await redis()) {
    const taking = takeOnce(once.key, once.seconds, tx)
    const [uses, isFirst] = await Promise.all([consumeAll(counters), taking])
    return { uses, isFirst }
  }
  const [taken, ...counted] = await count([onceCounter(once), ...counters], tx)
  return { uses: toUses(counters, counted, 'after'), isFirst: taken?.count === 1 }
}

/**
 * The uses before, with the seconds to wait where a limit is used up, and those after, if they were
 * consumed. `taken` is what was consumed, to give it back.
 */
export type Consumed = { before: Use[]; after: Use[] | undefined; taken: Counter[] }

/**
 * Consumes one use of each limit, unless one of them has reached its `stopAt`; then none. Of calls at
 * the same moment, the first limit lets in exactly as many as its `stopAt` allows; in Redis `race`
 * counts those.
 */
export async function consumeUnless(
  counters: readonly BoundedCounter[],
  race: Counter,
): Promise<Consumed> {
  return (await redis()) ? consumeUnlessInRedis(counters, race) : consumeUnlessInPostgres(counters)
}

/**
 * The same as `consumeUnless`, by one statement on the connection of `sql`. Undefined, and nothing is
 * consumed, while the limits are in Redis: who holds a connection does not wait for Redis, whose
 * failure would need a second one.
 */
export async function consumeUnlessOn(
  sql: Sql,
  counters: readonly BoundedCounter[],
): Promise<Consumed | undefined> {
  return (await redis()) ? undefined : consumeUnlessInPostgres(counters, sql)
}

async function consumeUnlessInPostgres(
  counters: readonly BoundedCounter[],
  sql?: Sql,
): Promise<Consumed> {
  const { before, after } = await countUnless(counters, sql)
  return {
    before: toUses(counters, before, 'before'),
    after: after && toUses(counters, after, 'after'),
    taken: [...counters],
  }
}

/** The uses of a limit that are counted now, and, when it is used up, the seconds to wait. */
export async function peek(name: LimitName, key: string): Promise<Use> {
  if (await redis()) return peekInRedis({ name, key })
  const [counted] = await readCounts([{ name, key }])
  return toUse(name, counted ?? NONE, 'before')
}

/**
 * Takes counted uses back: in PostgreSQL by a statement of `tx`, in Redis after its commit. No
 * transaction waits for Redis, and a use that stays counted there only makes a proof harder.
 */
export async function giveBack(counters: readonly Counter[], uses = 1, tx?: AnyTx): Promise<void> {
  if (!(await redis())) return takeBack(counters, uses, tx)
  const rewards = () =>
    Promise.all(counters.map(async (one) => (await limiterOf(one.name)).reward(one.key, uses)))
  if (tx) afterCommit(() => void rewards().catch(() => {}))
  else await rewards()
}

async function consumeUnlessInRedis(
  counters: readonly BoundedCounter[],
  race: Counter,
): Promise<Consumed> {
  const before = await Promise.all(counters.map(peekInRedis))
  const taken = [...counters, race]
  const isStopped = counters.some(({ stopAt }, nth) => (before[nth]?.count ?? 0) >= stopAt)
  if (isStopped || (await consumeInRedis(race)).waitSeconds)
    return { before, after: undefined, taken }
  return { before, after: await Promise.all(counters.map(consumeInRedis)), taken }
}

async function consumeInRedis({ name, key }: Counter): Promise<Use> {
  try {
    const { consumedPoints } = await (await limiterOf(name)).consume(key)
    return { count: consumedPoints, waitSeconds: undefined }
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return { count: refused.consumedPoints, waitSeconds: secondsOf(refused.msBeforeNext) }
  }
}

async function peekInRedis({ name, key }: Counter): Promise<Use> {
  const found = await (await limiterOf(name)).get(key)
  const { consumedPoints = 0, msBeforeNext = 0 } = found ?? {}
  return toUse(name, { count: consumedPoints, leftMs: msBeforeNext }, 'before')
}

const NONE: Counted = { count: 0, leftMs: 0 }

const limiterOf = (name: LimitName) => limiterInRedis({ name, ...LIMITS[name] })

/** Before a use, a limit is used up at its number; after one, above it. */
type Moment = 'before' | 'after'

const toUses = (counters: readonly Counter[], counted: readonly Counted[], moment: Moment) =>
  counters.map(({ name }, nth) => toUse(name, counted[nth] ?? NONE, moment))

function toUse(name: LimitName, { count, leftMs }: Counted, moment: Moment): Use {
  const isUsedUp = moment === 'before' ? count >= LIMITS[name].times : count > LIMITS[name].times
  return { count, waitSeconds: isUsedUp ? secondsOf(leftMs) : undefined }
}

/** At least one: a counter of Redis may end between the reading of its count and of its time. */
const secondsOf = (milliseconds: number) => Math.max(1, Math.ceil(milliseconds / 1_000))
