import type pg from 'pg'
import {
  type RateLimiterAbstract,
  RateLimiterPostgres,
  RateLimiterRedis,
} from 'rate-limiter-flexible'
import { keyedHash } from './crypto'
import { pool } from './db'
import { isPooled } from './pool'
import { REDIS_PREFIX, redis } from './redis'

/** `times` within `seconds`. */
type Limit = { name: string; times: number; seconds: number }

/** The limiters of each pool and each connection, which are made once. */
const limiters = new WeakMap<object, Map<string, RateLimiterAbstract>>()

/** The limiter that counts in PostgreSQL. */
function limiterInPostgres({ name, times, seconds }: Limit): RateLimiterAbstract {
  const make = () =>
    new RateLimiterPostgres({
      storeClient: isPooled() ? withoutNames(pool()) : pool(),
      storeType: 'pool',
      tableName: 'RateLimit',
      tableCreated: true,
      keyPrefix: name,
      points: times,
      duration: seconds,
    })
  return keep(pool(), name, make)
}

/** The library names its statements, which a pooler in transaction mode does not keep. */
const withoutNames = (store: pg.Pool) => ({
  query: ({ text, values = [] }: pg.QueryConfig) => store.query(text, values),
})

/**
 * The limiter that counts in Redis while it serves, and in PostgreSQL otherwise. A count that fails
 * in Redis is made in PostgreSQL.
 */
export async function limiterInRedis(limit: Limit): Promise<RateLimiterAbstract> {
  const client = await redis()
  const insuranceLimiter = limiterInPostgres(limit)
  if (client === undefined) return insuranceLimiter
  const { name, times, seconds } = limit
  return keep(client, name, () => {
    const limiter = new RateLimiterRedis({
      storeClient: client,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      insuranceLimiter,
      points: times,
      duration: seconds,
    })
    // Redis is less protected than PostgreSQL, and keys contain the IP addresses of customers.
    limiter.getKey = (key) => `${REDIS_PREFIX}${name}:${keyedHash(String(key), 'limit.key')}`
    return limiter
  })
}

function keep(store: object, name: string, make: () => RateLimiterAbstract) {
  const made = limiters.get(store) ?? new Map<string, RateLimiterAbstract>()
  limiters.set(store, made)
  const limiter = made.get(name) ?? make()
  made.set(name, limiter)
  return limiter
}
