import { type HeldAddress, type Phone, toHeld } from '@/lib/addresses'
import { pool } from '@/lib/platform/db'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import { columns } from '@/lib/platform/statement'
import { askRecycled, asksOperators, type SignalAnswer } from '@/lib/signals'
import { type Address, Prisma } from '@/prisma/client/client'
import { recordRecycled } from './check-number'
import { reverificationHorizon } from './due'

/** How many numbers are asked about at a time. */
const AT_ONCE = 8
const BATCH = 48

const ADDRESS = columns(Prisma.AddressScalarFieldEnum, 'address')

/** The oldest first. Rows that another worker asks about are skipped. */
const CLAIM = `
  with due as (
    select id, "recycleAskedAt" as before from "Address" where kind = 'phone' and "removedAt" is null
      and "lastVerifiedAt" is not null and "recycledAt" is null and greatest("lastVerifiedAt", "recycleAskedAt") <= $2
    order by greatest("lastVerifiedAt", "recycleAskedAt") limit $3 for no key update skip locked
  )
  update "Address" address set "recycleAskedAt" = $1 from due where address.id = due.id returning ${ADDRESS}, due.before`

const GIVE_BACK = `
  update "Address" address set "recycleAskedAt" = claimed.before
  from unnest($1::uuid[], $2::timestamptz[]) as claimed(id, before)
  where address.id = claimed.id and address."recycleAskedAt" = $3`

type Claimed = Address & { before: Date | null }

/**
 * Asks the operators about every number that was not verified for a year, once a year, whether it was
 * given to somebody else since, and records those that were. A batch about which the operator knows
 * nothing is asked again in the next run: the operator is out of order. A failure for one number is
 * logged, and the others go on. Several processes may run it.
 */
export async function checkNumbers(now: Date, stopping?: AbortSignal): Promise<void> {
  if (!asksOperators()) return
  while (!stopping?.aborted) {
    const claimed = await claim(now)
    if (claimed.length === 0) return
    const answers = await askAll(claimed, now)
    if (answers.every((answer) => answer === 'unknown')) return giveBack(claimed, now)
    if (claimed.length < BATCH) return
  }
}

async function claim(now: Date): Promise<Claimed[]> {
  const values = [now, reverificationHorizon(now), BATCH]
  return (await pool().query<Claimed>(CLAIM, values)).rows
}

async function giveBack(claimed: readonly Claimed[], now: Date) {
  const column = <Name extends keyof Claimed>(name: Name) => claimed.map((row) => row[name])
  await pool().query(GIVE_BACK, [column('id'), column('before'), now])
}

async function askAll(claimed: readonly Claimed[], now: Date): Promise<SignalAnswer[]> {
  const answers: SignalAnswer[] = []
  for (let from = 0; from < claimed.length; from += AT_ONCE) {
    const some = claimed.slice(from, from + AT_ONCE)
    answers.push(...(await Promise.all(some.map((row) => askOne(toHeld(row), now)))))
  }
  return answers
}

async function askOne(held: HeldAddress, now: Date): Promise<SignalAnswer> {
  const { id, userId, address, lastVerifiedAt: verifiedAt } = held
  if (!isPhone(address) || !verifiedAt) return 'unknown'
  const answer = await askRecycled(address, { verifiedAt, now })
  if (answer === 'yes')
    await recordRecycled({ id, userId, verifiedAt }, now).catch((error) =>
      log.error({ event: 'number_check_failed', userId, error: reportError(error) }),
    )
  return answer
}

const isPhone = (address: HeldAddress['address']): address is Phone => address.kind === 'phone'
