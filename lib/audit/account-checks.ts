import type { EventType } from '@/prisma/client/enums'
import type { Check } from './check'
import { eventOf, listOf } from './code-checks'
import type { Times } from './times'

const SETS_PASSWORD: readonly EventType[] = [
  'password_changed',
  'password_reset',
  'password_released',
  'unfrozen',
  'unfrozen_by_care',
]

/** A new primary address ends every session, too, and so does an erasure. */
const RAISES_VERSION: readonly EventType[] = [
  ...SETS_PASSWORD,
  'phone_changed',
  'email_changed',
  'erased',
]

const ENDS_SESSIONS: readonly EventType[] = [...SETS_PASSWORD, 'frozen']

const CLOSES_CHALLENGES: readonly EventType[] = [
  ...ENDS_SESSIONS,
  'phone_changed',
  'email_changed',
  'recovery_replaced',
  'recovery_removed',
]

/** Their owner is notified at each address, which is at least the primary phone. */
const NOTIFIES: readonly EventType[] = [
  ...CLOSES_CHALLENGES,
  'recovery_added',
  'recovery_confirmed',
  'email_confirmed',
  'email_lost',
  'change_undone',
  'restriction_lifted',
  'attempts_restored',
  'erasure_requested',
  'erasure_cancelled',
  'address_released',
  'unfreeze_announced',
  'unfreeze_vetoed',
  'saved_code_made',
  'saved_code_used',
  'password_vetoed',
]

/** A request that waits for the lock of its account knows the time at which it began. */
const LONGEST_REQUEST = `interval '15 seconds'`

/** A notification of an event expires after three days. */
const NOTICE_LIFETIME = `interval '3 days'`

/** A code is made by its owner, or replaces the one that was used. */
const SAVED_CODE_MADE = `and event.type in ('saved_code_made', 'saved_code_used')`

/** What accounts and their points must not look like: invariants 4, 7 and 8. */
export const accountChecks = ({ messagesSince }: Times): Check[] => [
  {
    invariant: 4,
    name: 'session_outlives_change',
    table: 'SecurityEvent',
    broken: `${isOf(ENDS_SESSIONS)} and exists (select 1 from "Session" session join "User" owner on owner.id = session."userId"
      where session."userId" = r."userId" and session."createdAt" < r.at and session."expiresAt" > r.at
        and session."revokedAt" is null and session."passwordVersion" = owner."passwordVersion")`,
  },
  {
    invariant: 4,
    name: 'code_outlives_change',
    table: 'SecurityEvent',
    broken: `${isOf(CLOSES_CHALLENGES)} and exists (select 1 from "Challenge" code
      where code."userId" = r."userId" and code."codeSentAt" < r.at - ${LONGEST_REQUEST} and code."expiresAt" > r.at
        and code."spentAt" is null and code."closedAt" is null)`,
  },
  {
    invariant: 4,
    name: 'nobody_notified',
    table: 'SecurityEvent',
    broken: `${isOf(NOTIFIES)} and r.at + ${NOTICE_LIFETIME} >= ${messagesSince}
      and not exists (select 1 from "Message" message where message."eventId" = r.id)`,
  },
  {
    invariant: 4,
    name: 'version_without_event',
    table: 'User',
    broken: `${isRegistered('r.id')} and not r."passwordVersion" - 1
      between ${countEvents(SETS_PASSWORD)} and ${countEvents(RAISES_VERSION)}`,
  },
  {
    invariant: 7,
    name: 'balance_below_zero',
    table: 'User',
    broken: `(select sum(entry.amount) < 0 from "PointsEntry" entry where entry."userId" = r.id)`,
  },
  {
    invariant: 7,
    name: 'rewarded_twice',
    table: 'User',
    broken: `(select count(*) filter (where entry.reason = 'recovery_reward')
      - count(*) filter (where entry.reason = 'recovery_reward_reversed') > 1 from "PointsEntry" entry where entry."userId" = r.id)`,
  },
  {
    invariant: 7,
    name: 'reverses_another',
    table: 'PointsEntry',
    broken: `r."reversesId" is not null and not exists (select 1 from "PointsEntry" entry where entry.id = r."reversesId"
      and entry."userId" = r."userId" and entry.amount = -r.amount and entry.reason = 'recovery_reward')`,
  },
  {
    invariant: 7,
    name: 'verified_twice_a_year',
    table: 'PointsEntry',
    broken: `r.reason = 'recovery_check' and exists (select 1 from "PointsEntry" entry
      where entry."userId" = r."userId" and entry.reason = r.reason and entry.id <> r.id
        and ${mailboxOf('entry')} = ${mailboxOf('r')}
        and entry."createdAt" <= r."createdAt" and entry."createdAt" > r."createdAt" - interval '365 days')`,
  },
  {
    invariant: 7,
    name: 'points_without_event',
    table: 'PointsEntry',
    broken: `${isRegistered('r."userId"')} and not ${eventOf('r."userId"', 'r."createdAt"')}`,
  },
  {
    invariant: 8,
    name: 'address_without_event',
    table: 'Address',
    broken: `r."confirmedAt" is not null and r."removedAt" is null and ${isRegistered('r."userId"')}
      and not ${eventOf('r."userId"', 'r."confirmedAt"')}`,
  },
  {
    invariant: 4,
    name: 'held_password_outlives_change',
    table: 'HeldPassword',
    broken: `r."endedAt" is null and (exists (select 1 from "User" owner where owner.id = r."userId" and owner."frozenAt" is not null)
      or exists (select 1 from "SecurityEvent" event where event."userId" = r."userId" and event.at > r."heldAt"
        and event.type in (${listOf(SETS_PASSWORD)})))`,
  },
  {
    invariant: 8,
    name: 'held_password_without_event',
    table: 'HeldPassword',
    broken: `not ${eventOf('r."userId"', 'r."heldAt"', `and event.type = 'password_held'`)}
      or (r."endedBy" = 'released' and not ${eventOf('r."userId"', 'r."endedAt"', `and event.type = 'password_released'`)})`,
  },
  {
    invariant: 8,
    name: 'recycled_without_event',
    table: 'Address',
    broken: `r."recycledAt" is not null and not ${eventOf('r."userId"', 'r."recycledAt"', `and event.type = 'number_recycled'`)}`,
  },
  {
    invariant: 4,
    name: 'saved_code_outlives_freeze',
    table: 'SavedCode',
    broken: `r."usedAt" is null and r."endedAt" is null
      and exists (select 1 from "User" owner where owner.id = r."userId" and owner."frozenAt" is not null)`,
  },
  {
    invariant: 8,
    name: 'saved_code_without_event',
    table: 'SavedCode',
    broken: `not ${eventOf('r."userId"', 'r."createdAt"', SAVED_CODE_MADE)}
      or (r."usedAt" is not null and not ${eventOf('r."userId"', 'r."usedAt"', `and event.type = 'saved_code_used'`)})`,
  },
  {
    invariant: 8,
    name: 'no_way_back_in',
    table: 'User',
    broken: `r."erasedAt" is null and not exists (select 1 from "Address" phone where phone."userId" = r.id and phone.role = 'primary'
      and phone.kind = 'phone' and phone."removedAt" is null and phone."confirmedAt" is not null)`,
  },
]

const isOf = (types: readonly EventType[]) => `r.type in (${listOf(types)})`

/** Accounts that began before there were events have incomplete ones. */
const isRegistered = (userId: string) =>
  `exists (select 1 from "SecurityEvent" first where first."userId" = ${userId} and first.position = 1 and first.type = 'registered')`

const countEvents = (types: readonly EventType[]) =>
  `(select count(*) from "SecurityEvent" event where event."userId" = r.id and event.type in (${listOf(types)}))`

/** The key of a yearly reward ends with its number. */
const mailboxOf = (row: string) => `regexp_replace(${row}."idempotencyKey", ':[0-9]+$', '')`
