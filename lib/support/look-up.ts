import { maskAddress } from '@/lib/addresses'
import { lockUser, type Tx, transaction } from '@/lib/platform/db'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { runIn, statement } from '@/lib/platform/statement'
import { recordStaffEvent } from '@/lib/staff-log'
import { openCase, recordViewed } from './cases'
import { findNamed } from './find-account'
import { readReason } from './limits'
import { countLookUps } from './look-ups-left'
import { kindOf, parseQuery, type Query } from './query'
import { refuseUnlessHandler } from './roles'
import type { StaffMember } from './staff'

/** What staff typed to find an account, and why. */
export type LookUp = { query: string; reason: string }

export type LookUpRefusal =
  | 'not_permitted'
  | 'reason_malformed'
  | 'query_partial'
  | 'look_ups_used_up'
  | 'not_found'
  | 'several'

/**
 * Finds an account by a whole e-mail address or number, the reference of a notice, or the number of a
 * case, and returns the number of its open case, which it opens if there is none. An address finds its
 * account as a primary one; else as a recovery address; else unconfirmed. Look-ups of one member of
 * staff wait for each other, and are counted before the search. The case, the event that the owner sees
 * and the row of the log of staff commit together; a look-up that finds nothing has such a row too.
 *
 * Refused: `not_permitted` to staff who see no account; `reason_malformed` unless the reason has 10 to
 * 500 characters; `query_partial` for anything but a whole address, reference or number; `look_ups_used_up`
 * with seconds; `not_found`; `several` when more than one account holds the address: the reference of a
 * notice tells them apart.
 */
export async function lookUp(
  staff: StaffMember,
  { query, reason: typed }: LookUp,
  now: Date,
): Promise<Result<{ number: string }, LookUpRefusal>> {
  const refusal = refuseUnlessHandler(staff)
  if (refusal) return refusal
  const reason = readReason(typed)
  if (reason === undefined) return refuse('reason_malformed')
  const parsed = parseQuery(query)
  if (!parsed) return refuse('query_partial')
  return transaction((tx) => search(tx, { staff, query: parsed, reason, now }))
}

type Search = { staff: StaffMember; query: Query; reason: string; now: Date }

async function search(
  tx: Tx,
  look: Search,
): Promise<Result<{ number: string }, 'look_ups_used_up' | 'not_found' | 'several'>> {
  const usedUp = await refuseUsedUp(tx, look)
  if (usedUp) return usedUp
  const [userId, ...others] = await findNamed(tx, look.query)
  if (userId === undefined) return fail(tx, look, 'not_found')
  if (others.length > 0) return fail(tx, look, 'several')
  const { staff, query, reason, now } = look
  await lockUser(tx, userId)
  // It may have been erased a moment ago.
  const isThere = (await tx.user.count({ where: { id: userId, erasedAt: null } })) > 0
  if (!isThere) return fail(tx, look, 'not_found')
  const { id: caseId, number } = await openCase(tx, { staff, userId, reason, now })
  await recordViewed(tx, userId, reason, now)
  const event = { type: 'looked_up', caseId, userId, detail: { by: kindOf(query) } } as const
  await recordStaffEvent(tx, { ...event, staffId: staff.staffId, now })
  return done({ number })
}

/** No account tells the reason: it stands in the log of staff. */
async function fail<const Word extends string>(tx: Tx, look: Search, word: Word) {
  const { staff, query, reason, now } = look
  const mask = query.address && maskAddress(query.address)
  const detail = { by: kindOf(query), found: word, reason, ...(mask && { mask }) }
  await recordStaffEvent(tx, { type: 'look_up_failed', staffId: staff.staffId, detail, now })
  return refuse(word)
}

/** The look-ups of one member of staff wait here for each other: of many at once, none is uncounted. */
async function refuseUsedUp(
  tx: Tx,
  { staff: { staffId }, now }: Search,
): Promise<Refused<'look_ups_used_up'> | undefined> {
  await runIn(tx, LOCK_STAFF, [staffId])
  const { left, moreAt } = await countLookUps(tx, staffId, now)
  if (left > 0 || !moreAt) return undefined
  logSecurity('excess_rate_limit_exceeded', { limit: 'care_look_ups', identifier: staffId })
  return refuse('look_ups_used_up', Math.ceil((moreAt.getTime() - now.getTime()) / 1_000))
}

const LOCK_STAFF = statement(
  'lock_staff',
  'select 1 from "Staff" where id = $1::uuid for no key update',
)
