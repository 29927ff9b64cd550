import { reanchorActivity } from '@/lib/activity'
import { repeat } from '@/lib/messaging'
import { lockUser, NIL_UUID, pool, transaction } from '@/lib/platform/db'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import { RULES } from './rules'
import { horizonOf, type Rule } from './schedule'

const HOUR_MS = 60 * 60 * 1_000
const ROWS_AT_ONCE = 500
const USERS_AT_ONCE = 100

const UNANCHORED = `select distinct "userId" from "SecurityEvent"
  where "originDigest" is null and at <= $1 and "userId" > $2 order by "userId" limit $3`

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
    for (const { userId } of rows)
      if (!stopping?.aborted)
        await anchor(userId, now).catch((error) =>
          log.error({ event: 'retention_failed', userId, error: reportError(error) }),
        )
    after = rows.at(-1)?.userId ?? NIL_UUID
    if (rows.length < USERS_AT_ONCE) return
  }
}

async function anchor(userId: string, now: Date) {
  const anchored = await transaction(async (tx) => {
    await lockUser(tx, userId)
    return reanchorActivity(tx, userId, now)
  })
  if (!anchored.ok) log.error({ event: anchored.refusal, userId })
}
