import { LIMITS, type LimitName } from './limits'
import { onPool, run } from './sql'
import { type AnyTx, runIn, sendIn, statement } from './statement'

/** One use of a limit: its name, and who or what uses it. `seconds` instead of those of the limit. */
export type Counter = { name: LimitName; key: string; seconds?: number }

/** How often a limit was used, and in how many milliseconds its count ends. */
export type Counted = { count: number; leftMs: number }

/** The same as `Counter`, not consumed once this many uses are counted, with all others of the call. */
export type BoundedCounter = Counter & { stopAt: number }

type Row = { key: string; count: number; leftMs: number }

/**
 * Consumes one use of each limit by one statement. The rows are locked in the order of their keys,
 * so that two calls do not deadlock. Returns the counts in the order of the counters.
 */
export async function count(counters: readonly Counter[], tx: AnyTx = onPool): Promise<Counted[]> {
  const now = Date.now()
  const values = [counters.map(keyOf), counters.map((one) => endOf(one, now)), now]
  return inOrder(counters, await runIn(tx, COUNT, values))
}

const ONE_MORE = `points = case when c.expire <= $3::bigint then 1 else c.points + 1 end,
      expire = case when c.expire <= $3::bigint then excluded.expire else c.expire end`

const COUNTED = `key, points as count, (expire - $3::bigint)::float8 as "leftMs"`

const COUNT = statement<Row>(
  'count_limits',
  `insert into "RateLimit" as c (key, points, expire)
  select key, 1, expire from unnest($1::text[], $2::bigint[]) as use (key, expire) order by key
  on conflict (key) do update set ${ONE_MORE}
  returning ${COUNTED}`,
)

/**
 * Consumes one use of each limit unless one has reached its `stopAt`; then it consumes none. Returns
 * the counts before, and those after if it consumed. Of calls at the same moment, the first limit
 * lets in exactly as many as its `stopAt` allows. One statement.
 */
export async function countUnless(
  counters: readonly BoundedCounter[],
  tx: AnyTx = onPool,
): Promise<{ before: Counted[]; after: Counted[] | undefined }> {
  const now = Date.now()
  const ends = counters.map((one) => endOf(one, now))
  const stops = counters.map(({ stopAt }) => stopAt)
  const rows = await runIn(tx, COUNT_UNLESS, [counters.map(keyOf), ends, now, stops])
  const after = rows.filter(({ isBefore }) => !isBefore)
  return {
    before: inOrder(
      counters,
      rows.filter(({ isBefore }) => isBefore),
    ),
    after: after.length > 0 ? inOrder(counters, after) : undefined,
  }
}

const COUNT_UNLESS = statement<Row & { isBefore: boolean }>(
  'count_limits_unless',
  `with use as (
    select * from unnest($1::text[], $2::bigint[], $4::int[]) with ordinality as use (key, expire, stop, nth)
  ), before as (
    select key, c.points as count, (c.expire - $3::bigint)::float8 as "leftMs", stop
    from use join "RateLimit" c using (key) where c.expire > $3::bigint
  ), first as (
    insert into "RateLimit" as c (key, points, expire)
    select key, 1, expire from use where nth = 1 and not exists (select from before where count >= stop)
    on conflict (key) do update set ${ONE_MORE}
    where c.expire <= $3::bigint or c.points < ($4::int[])[1]
    returning ${COUNTED}
  ), others as (
    insert into "RateLimit" as c (key, points, expire)
    select key, 1, expire from use where nth > 1 and exists (select from first) order by key
    on conflict (key) do update set ${ONE_MORE}
    returning ${COUNTED}
  )
  select key, count, "leftMs", true as "isBefore" from before
  union all select key, count, "leftMs", false from first
  union all select key, count, "leftMs", false from others`,
)

/** Takes counted uses back. */
export async function takeBack(
  counters: readonly Counter[],
  uses: number,
  tx: AnyTx = onPool,
): Promise<void> {
  await sendIn(tx, TAKE_BACK, [counters.map(keyOf), uses, Date.now()])
}

const TAKE_BACK = statement(
  'take_back_limits',
  `update "RateLimit" c set points = greatest(0, c.points - $2::int)
  from (select key from "RateLimit" where key = any($1::text[]) order by key for update) as held
  where c.key = held.key and c.expire > $3::bigint`,
)

/** The uses that are counted now. */
export async function readCounts(counters: readonly Counter[]): Promise<Counted[]> {
  return inOrder(counters, await run(READ_COUNTS, [counters.map(keyOf), Date.now()]))
}

const READ_COUNTS = statement<Row>(
  'read_limits',
  `select key, points as count, (expire - $2::bigint)::float8 as "leftMs"
  from "RateLimit" where key = any($1::text[]) and expire > $2::bigint`,
)

const keyOf = ({ name, key }: Counter) => `${name}:${key}`

const endOf = ({ name, seconds = LIMITS[name].seconds }: Counter, now: number) =>
  now + seconds * 1_000

function inOrder(counters: readonly Counter[], rows: readonly Row[]): Counted[] {
  const found = new Map(rows.map((row) => [row.key, row]))
  return counters.map((counter) => found.get(keyOf(counter)) ?? { count: 0, leftMs: 0 })
}
