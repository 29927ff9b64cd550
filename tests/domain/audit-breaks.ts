import { later } from '../support/accounts'
import type { Break } from './audit-break'
import { CARE_BREAKS } from './audit-care'
import {
  AT,
  addressOf,
  BEFORE,
  challengeOf,
  codeMessageOf,
  confirmation,
  entry,
  eventOf,
  HASH,
  messageOf,
  rewardOf,
  userOf,
  writtenCheck,
  writtenEvent,
  writtenReversal,
  writtenSavedCode,
} from './audit-rows'

export const BREAKS: Break[] = [
  {
    invariant: 1,
    name: 'spent_and_closed',
    idOf: confirmation,
    sql: `update "Challenge" set "closedAt" = "spentAt" where id = $1`,
  },
  {
    invariant: 1,
    name: 'spent_without_event',
    idOf: confirmation,
    sql: `update "Challenge" set purpose = 'reset_password' where id = $1`,
  },
  {
    invariant: 1,
    name: 'event_without_code',
    idOf: eventOf('recovery_confirmed'),
    sql: `delete from "Challenge" using "SecurityEvent" event
      where event.id = $1 and "Challenge"."userId" = event."userId" and purpose = 'confirm_recovery'`,
  },
  {
    invariant: 2,
    name: 'passed_without_attempt',
    idOf: confirmation,
    sql: `update "Challenge" set attempts = 0 where id = $1`,
  },
  {
    invariant: 2,
    name: 'resent_the_same_code',
    idOf: confirmation,
    sql: `update "Challenge" set "supersededHashes" = array["codeHash"::text] where id = $1`,
  },
  {
    invariant: 2,
    name: 'too_many_failures',
    idOf: ({ userId }) => `${userId} password`,
    sql: `insert into "FailureCount" values (split_part($1, ' ', 1), 'password', 'unknown', 61, ${AT})`,
  },
  {
    invariant: 3,
    name: 'decoy_passed',
    idOf: confirmation,
    sql: `update "Challenge" set "userId" = null, "secretHash" = ${HASH} where id = $1`,
  },
  {
    invariant: 3,
    name: 'decoy_sent',
    idOf: challengeOf('authorise_recovery'),
    sql: `update "Challenge" set "userId" = null, "secretHash" = repeat('b', 64) where id = $1`,
  },
  {
    invariant: 3,
    name: 'no_message',
    idOf: confirmation,
    sql: `delete from "Message" where "challengeId" = $1`,
  },
  {
    invariant: 4,
    name: 'session_outlives_change',
    idOf: writtenEvent('frozen'),
    sql: `insert into "Session" (id, "userId", "passwordVersion", "userAgent", ip, "createdAt", "lastSeenAt", "expiresAt")
      select md5(random()::text) || md5(random()::text), "userId", 1, '', '', ${BEFORE}, ${BEFORE}, at + interval '1 day'
      from "SecurityEvent" where id = $1`,
  },
  {
    invariant: 4,
    name: 'code_outlives_change',
    idOf: writtenEvent('recovery_removed'),
    sql: `update "Challenge" set "spentAt" = null, "expiresAt" = '2027-01-01' from "SecurityEvent" event
      where event.id = $1 and "Challenge"."userId" = event."userId" and purpose = 'confirm_recovery'`,
  },
  {
    invariant: 4,
    name: 'nobody_notified',
    idOf: eventOf('recovery_added'),
    sql: `delete from "Message" where "eventId" = $1`,
  },
  {
    invariant: 4,
    name: 'version_without_event',
    idOf: userOf,
    sql: `update "User" set "passwordVersion" = 2 where id = $1`,
  },
  {
    invariant: 4,
    name: 'saved_code_outlives_freeze',
    idOf: writtenSavedCode,
    sql: `update "User" set "frozenAt" = ${AT} from "SavedCode" code where code.id = $1 and "User".id = code."userId"`,
  },
  {
    invariant: 5,
    name: 'without_cause',
    idOf: messageOf,
    sql: `update "Message" set "eventId" = null where id = $1`,
  },
  {
    invariant: 5,
    name: 'of_no_user',
    idOf: messageOf,
    sql: `update "Message" set "userId" = gen_random_uuid() where id = $1`,
  },
  {
    invariant: 5,
    name: 'not_queued',
    idOf: messageOf,
    sql: `update "Message" set "runAt" = null where id = $1`,
  },
  {
    invariant: 5,
    name: 'never_settled',
    idOf: messageOf,
    sql: `update "Message" set "expiresAt" = '${later(-3 * 60 * 60).toISOString()}' where id = $1`,
  },
  {
    invariant: 5,
    name: 'text_not_erased',
    idOf: codeMessageOf,
    sql: `update "Message" set "failedAt" = ${AT} where id = $1`,
  },
  {
    invariant: 7,
    name: 'balance_below_zero',
    idOf: userOf,
    sql: entry(
      `select gen_random_uuid(), "userId", -5000, 'recovery_reward_reversed', md5(random()::text), null, id, ${AT} from "PointsEntry" where "userId" = $1`,
    ),
  },
  {
    invariant: 7,
    name: 'rewarded_twice',
    idOf: userOf,
    sql: entry(
      `values (gen_random_uuid(), $1, 1000, 'recovery_reward', md5(random()::text), md5(random()::text), null, ${AT})`,
    ),
  },
  {
    invariant: 7,
    name: 'reverses_another',
    idOf: writtenReversal,
    sql: `update "PointsEntry" set amount = -999 where id = $1`,
  },
  {
    invariant: 7,
    name: 'verified_twice_a_year',
    idOf: writtenCheck,
    sql: entry(
      `select gen_random_uuid(), "userId", 100, reason, 'recovery_check:' || "userId" || ':m:1', null, null, "createdAt" - interval '1 day' from "PointsEntry" where id = $1`,
    ),
  },
  {
    invariant: 7,
    name: 'points_without_event',
    idOf: rewardOf,
    sql: `update "PointsEntry" set "createdAt" = ${AT} where id = $1`,
  },
  {
    invariant: 8,
    name: 'address_without_event',
    idOf: addressOf,
    sql: `update "Address" set "confirmedAt" = ${AT} where id = $1`,
  },
  {
    invariant: 8,
    name: 'saved_code_without_event',
    idOf: writtenSavedCode,
    sql: `update "SavedCode" set "usedAt" = ${AT} where id = $1`,
  },
  {
    invariant: 8,
    name: 'no_way_back_in',
    idOf: userOf,
    sql: `update "Address" set "removedAt" = ${AT} where "userId" = $1 and role = 'primary' and kind = 'phone'`,
  },
  ...CARE_BREAKS,
]
