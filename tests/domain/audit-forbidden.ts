/** What a constraint forbids, so that no row of it can be found. `$1`: the id of an account. */
export const FORBIDDEN = [
  {
    what: 'a code that is spent before it is passed',
    by: 'Challenge_spent_after_passed',
    sql: `update "Challenge" set "passedAt" = null where "userId" = $1 and "spentAt" is not null`,
  },
  {
    what: 'a sixth attempt',
    by: 'Challenge_attempts',
    sql: `update "Challenge" set attempts = 6 where "userId" = $1`,
  },
  {
    what: 'a second live saved code',
    by: 'SavedCode_live',
    sql: `insert into "SavedCode" (id, "userId", "codeHash", "keyId", "createdAt")
      select gen_random_uuid(), $1, 'a', 'k1', now() from generate_series(1, 2)`,
  },
  {
    what: 'the use of a saved code that a reset has ended',
    by: 'SavedCode_used',
    sql: `insert into "SavedCode" (id, "userId", "codeHash", "keyId", "createdAt", "usedAt", "endedAt", "endedBy")
      values (gen_random_uuid(), $1, 'a', 'k1', now(), now(), now(), 'reset')`,
  },
  {
    what: 'two events in one place',
    by: 'SecurityEvent_userId_position_key',
    sql: `insert into "SecurityEvent" (id, "userId", position, type, at, ip, "userAgent", detail, reference)
      values (gen_random_uuid(), $1, 1, 'frozen', now(), '', '', '{}', 'ABCDEFGH')`,
  },
  {
    what: 'a sent message with its text',
    by: 'Message_settled_is_wiped',
    sql: `update "Message" set "sentAt" = now() where "eventId" in (select id from "SecurityEvent" where "userId" = $1)`,
  },
  {
    what: 'a message of an event that does not exist',
    by: 'Message_eventId_fkey',
    sql: `update "Message" set "eventId" = $1 where "eventId" in (select id from "SecurityEvent" where "userId" = $1)`,
  },
  {
    what: 'a reward that is credited again',
    by: 'PointsEntry_idempotencyKey_key',
    sql: `insert into "PointsEntry" (id, "userId", amount, reason, "idempotencyKey", "awardedFor", "createdAt")
      select gen_random_uuid(), "userId", amount, reason, "idempotencyKey", repeat('c', 64), "createdAt" from "PointsEntry" where "userId" = $1`,
  },
  {
    what: 'a second reward for one mailbox',
    by: 'PointsEntry_awardedFor_key',
    sql: `insert into "PointsEntry" (id, "userId", amount, reason, "idempotencyKey", "awardedFor", "createdAt")
      select gen_random_uuid(), "userId", amount, reason, 'another', "awardedFor", "createdAt" from "PointsEntry" where "userId" = $1`,
  },
  {
    what: 'a changed entry of points',
    by: 'rows of PointsEntry are never changed or deleted',
    sql: `update "PointsEntry" set amount = 2000 where "userId" = $1`,
  },
  {
    what: 'an approval by the person who asked',
    by: 'CaseApproval_two_people',
    sql: `insert into "CaseApproval" values (gen_random_uuid(), $1, $1, now())`,
  },
  {
    what: 'an action other than a freeze without an approval',
    by: 'CaseAction_approvals',
    sql: `insert into "CaseAction" values (gen_random_uuid(), $1, 'unfreeze', '{}', '', '', $1, now(), now(), 0)`,
  },
  {
    what: 'an action that ended without an outcome',
    by: 'CaseAction_outcome',
    sql: `insert into "CaseAction" values (gen_random_uuid(), $1, 'freeze', '{}', '', '', $1, now(), now(), 0, null, null, now())`,
  },
  {
    what: 'a second primary phone',
    by: 'Address_live_role_kind',
    sql: `update "Address" set role = 'primary' where "userId" = $1 and role = 'recovery'`,
  },
]
