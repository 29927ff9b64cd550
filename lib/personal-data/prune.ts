import { pruneActivity, reanchorActivity } from '@/lib/activity'
import { repeat } from '@/lib/messaging'
import { lockUser, NIL_UUID, pool, type Tx, transaction } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import type { Result } from '@/lib/platform/result'
import { RULES } from './rules'
import { horizonOf, type Rule } from './schedule'

const HOUR_MS = 60 * 60 * 1_000
const DAY_MS = 24 * HOUR_MS
const ROWS_AT_ONCE = 500
const USERS_AT_ONCE = 100

const UNANCHORED = `select distinct "userId" from "SecurityEvent"
  where "originDigest" is null and at <= $1 and "userId" > $2 order by "userId" limit $3`

/** Selects old events in the order of an index. The events of a frozen account are kept until its unfreeze. */
export const OLD_EVENTS = `select event.id, event."userId", event.at from "SecurityEvent" event
  where event."originSalt" is null and event.at <= $1 and (event.at, event.id) > ($2, $3)
    and not exists (select 1 from "User" owner where owner.id = event."userId" and owner."frozenAt" is not null)
  order by event.at, event.id limit $4`

/**
 * Deletes what is old, now and every hour. `stop` lets it finish the present batch; the next run
 * deletes the rest. Several processes may run it.
 */
export const startRetention = () =>
  repeat('retention', HOUR_MS, (stopping) => deleteOld(new Date(), stopping))

/**
 * Deletes and erases what the schedule says (`RULES`), in batches that commit one by one. A row that
 * somebody has locked, a customer or another worker, is left to the next run: neither waits for the
 * other. What fails for one table or account is logged, and the rest goes on.
 */
export async function deleteOld(now: Date, stopping?: AbortSignal): Promise<void> {
  await anchorOld(now, stopping)
  for (const rule of RULES)
    await prune(rule, now, stopping).catch((error) =>
      log.error({ event: 'retention_failed', table: rule.table, error: reportError(error) }),
    )
  await forgetOld(now, stopping)
}

async function prune(rule: Rule, now: Date, stopping?: AbortSignal) {
  const [sql, horizon] = [batchOf(rule), horizonOf(rule, now)]
  let rows = ROWS_AT_ONCE
  while (rows === ROWS_AT_ONCE && !stopping?.aborted) {
    const done = await pool().query(sql, [horizon, ROWS_AT_ONCE])
    rows = done.rowCount ?? 0
  }
}

/** The rows of one batch. An index has them in this order. */
export const findBatch = ({ table, time, only = 'true' }: Rule) =>
  `select old.ctid from "${table}" old where ${time} <= $1 and ${only}
    order by ${time} limit $2 for update skip locked`

function batchOf(rule: Rule) {
  const rows = `ctid = any(array(${findBatch(rule)}))`
  const { table, erase } = rule
  return erase === undefined
    ? `delete from "${table}" where ${rows}`
    : `update "${table}" set ${erase} where ${rows}`
}

/**
 * Anchors the rows of older versions whose IP address and user agent are to be erased, account by
 * account. An activity that was altered is reported and left as it is.
 */
async function anchorOld(now: Date, stopping?: AbortSignal) {
  const rule = RULES.find(({ table }) => table === 'SecurityEvent')
  const horizon = rule && horizonOf(rule, now)
  for (let after = NIL_UUID; !stopping?.aborted; ) {
    const { rows } = await pool().query<{ userId: string }>(UNANCHORED, [
      horizon,
      after,
      USERS_AT_ONCE,
    ])
    await forEach(rows, (tx, userId) => reanchorActivity(tx, userId, now), stopping)
    after = rows.at(-1)?.userId ?? NIL_UUID
    if (rows.length < USERS_AT_ONCE) return
  }
}

/**
 * Deletes the old rows of activities, account by account. An activity that was altered is reported and
 * left as it is.
 */
async function forgetOld(now: Date, stopping?: AbortSignal) {
  const horizon = new Date(now.getTime() - env().RETENTION_ACTIVITY_DAYS * DAY_MS)
  let last: OldEvent | undefined
  for (let count = ROWS_AT_ONCE; count === ROWS_AT_ONCE && !stopping?.aborted; ) {
    const after = [last?.at ?? new Date(0), last?.id ?? NIL_UUID]
    const { rows } = await pool().query<OldEvent>(OLD_EVENTS, [horizon, ...after, ROWS_AT_ONCE])
    await forEach(rows, (tx, userId) => pruneActivity(tx, userId, horizon, now), stopping)
    last = rows.at(-1)
    count = rows.length
  }
}

type OldEvent = { id: string; userId: string; at: Date }

type OfActivity = (
  tx: Tx,
  userId: string,
) => Promise<Result<unknown, 'activity_altered' | 'key_missing'>>

/** Does the work for each account, in a transaction of its own that holds its lock. Logs what fails. */
async function forEach(
  rows: readonly { userId: string }[],
  work: OfActivity,
  stopping?: AbortSignal,
) {
  for (const userId of new Set(rows.map((row) => row.userId)))
    if (!stopping?.aborted)
      await inTurn(userId, work).catch((error) =>
        log.error({ event: 'retention_failed', userId, error: reportError(error) }),
      )
}

async function inTurn(userId: string, work: OfActivity) {
  const outcome = await transaction(async (tx) => {
    await lockUser(tx, userId)
    return work(tx, userId)
  })
  if (!outcome.ok) log.error({ event: outcome.refusal, userId })
}
