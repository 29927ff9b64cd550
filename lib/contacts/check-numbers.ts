import { type HeldAddress, type Phone, toHeld } from '@/lib/addresses'
import { pool } from '@/lib/platform/db'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import { columns } from '@/lib/platform/statement'
import { askRecycledYearly, asksOperators, type YearlyAnswer } from '@/lib/signals'
import { type Address, Prisma } from '@/prisma/client/client'
import { recordRecycled } from './check-number'
import { reverificationHorizon } from './due'

/** How many numbers are asked about at a time. */
const AT_ONCE = 8
const BATCH = 48

/** A worker that ends between a claim and the answer leaves the number for so long. */
const CLAIM_MS = 24 * 60 * 60_000

const ADDRESS = columns(Prisma.AddressScalarFieldEnum, 'address')

/**
 * The oldest first, also of those that are claimed together. Rows that another worker claims are
 * skipped.
 */
const CLAIM = `
  with due as (
    select id, "recycleAskedAt" as before from "Address" where kind = 'phone' and "removedAt" is null
      and "lastVerifiedAt" is not null and "recycledAt" is null and greatest("lastVerifiedAt", "recycleAskedAt") <= $2
    order by greatest("lastVerifiedAt", "recycleAskedAt") limit $3 for no key update skip locked
  ), claimed as (
    update "Address" address set "recycleAskedAt" = $1 from due where address.id = due.id returning ${ADDRESS}, due.before
  )
  select * from claimed order by greatest("lastVerifiedAt", before)`

/** A row that was claimed again or changed meanwhile stays as it is. */
const SETTLE = `
  update "Address" address set "recycleAskedAt" = settled.at
  from unnest($1::uuid[], $2::timestamptz[]) as settled(id, at)
  where address.id = settled.id and address."recycleAskedAt" = $3`

type Claimed = Address & { before: Date | null }

/**
 * Asks the operators about every number that was not verified for a year, once a year, whether it was
 * given to somebody else since, and records those that were. That the operator cannot tell is an
 * answer. A run ends when a question had none, and the next run asks about exactly these numbers, and
 * those that were left, again. Several processes may run it: each number is claimed by one. A claim
 * that nobody settles ends after a day.
 */
export async function checkNumbers(now: Date, stopping?: AbortSignal): Promise<void> {
  if (!asksOperators()) return
  const horizon = reverificationHorizon(now)
  const claimedAt = new Date(horizon.getTime() + CLAIM_MS)
  while (!stopping?.aborted) {
    const { rows } = await pool().query<Claimed>(CLAIM, [claimedAt, horizon, BATCH])
    if (rows.length === 0) return
    const answers = await askAll(rows, now, stopping)
    const times = rows.map(({ before }, index) => timeAfter(answers[index], before, now))
    await pool().query(SETTLE, [rows.map(({ id }) => id), times, claimedAt])
    const isAnswered = rows.every((_, index) => isAnswer(answers[index]))
    if (!isAnswered || rows.length < BATCH) return
  }
}

const isAnswer = (answer: YearlyAnswer | undefined) =>
  answer === 'yes' || answer === 'no' || answer === 'unknown'

/**
 * When a number counts as asked about. One without an answer is due again at once, behind the others,
 * so that numbers that always fail do not keep the others waiting. One that was left keeps its place.
 */
function timeAfter(answer: YearlyAnswer | undefined, before: Date | null, now: Date): Date | null {
  if (isAnswer(answer)) return now
  return answer === 'unanswered' ? reverificationHorizon(now) : before
}

/**
 * Asks about one number, which tries an operator that was paused, and then about eight at a time.
 * Stops when the operator asks for a pause, or is left alone: the answers are then fewer.
 */
async function askAll(
  claimed: readonly Claimed[],
  now: Date,
  stopping?: AbortSignal,
): Promise<YearlyAnswer[]> {
  const answers: YearlyAnswer[] = []
  while (answers.length < claimed.length && !answers.includes('paused') && !stopping?.aborted) {
    const from = answers.length
    const some = claimed.slice(from, from === 0 ? 1 : from + AT_ONCE)
    answers.push(...(await Promise.all(some.map((row) => askOne(row, now)))))
  }
  return answers
}

/** A failure of our own is logged, and the number is asked about again. */
async function askOne(row: Claimed, now: Date): Promise<YearlyAnswer> {
  try {
    const { id, userId, address, lastVerifiedAt: verifiedAt } = toHeld(row)
    if (!isPhone(address) || !verifiedAt) return 'unknown'
    const answer = await askRecycledYearly(address, { verifiedAt, now })
    if (answer === 'yes') await recordRecycled({ id, userId, verifiedAt }, now)
    return answer
  } catch (error) {
    log.error({ event: 'number_check_failed', userId: row.userId, error: reportError(error) })
    return 'unanswered'
  }
}

const isPhone = (address: HeldAddress['address']): address is Phone => address.kind === 'phone'
