/**
 * What must hold of the whole database; `docs/security.md` explains each. `facts`: the constraints,
 * unique indexes and triggers that make it a fact of the database.
 */
export const INVARIANTS = [
  {
    number: 1,
    statement: 'A challenge passes once, and is spent in the transaction of what it permits.',
    facts: [
      'Challenge_spent_after_passed',
      'Challenge_open_signed_in',
      'Challenge_secretHash_purpose_key',
    ],
  },
  {
    number: 2,
    statement:
      'An attempt is counted before it is compared; a resend gives a new code and no new attempts.',
    facts: ['Challenge_attempts', 'Challenge_code_lifetime', 'FailureCount_failures'],
  },
  {
    number: 3,
    statement: 'A decoy has the rows of a challenge, is never passed, and sends nothing.',
    facts: ['Challenge_belongs_to_someone'],
  },
  {
    number: 4,
    statement:
      'A change of credentials, the end of sessions and challenges, the event and its notices commit together.',
    facts: [
      'SecurityEvent_userId_position_key',
      'SecurityEvent_append_only',
      'SecurityEvent_never_deleted',
      'SecurityEvent_no_truncate',
    ],
  },
  {
    number: 5,
    statement:
      'A message exists if and only if its cause committed; its text is erased when it is settled or expired.',
    facts: ['Message_settled_is_wiped', 'Message_eventId_fkey', 'Message_challengeId_fkey'],
  },
  {
    number: 6,
    statement: 'No transaction stays open while its process does something else.',
    facts: [],
  },
  {
    number: 7,
    statement:
      'Points are credited once for each reason and mailbox; the balance is the sum of the entries.',
    facts: [
      'PointsEntry_idempotencyKey_key',
      'PointsEntry_awardedFor_key',
      'PointsEntry_reversesId_key',
      'PointsEntry_reversal',
      'PointsEntry_append_only',
      'PointsEntry_no_truncate',
    ],
  },
  {
    number: 8,
    statement:
      'Nothing changes an account without its event, and no account loses its way back in.',
    facts: [
      'Address_live_role_kind',
      'Address_usable_primary_blindIndex',
      'Address_never_deleted',
      'SavedCode_live',
      'SavedCode_ended',
      'SavedCode_used',
      'HeldPassword_open',
      'HeldPassword_ended',
    ],
  },
  {
    number: 9,
    statement:
      'Nobody of customer care alone does more than a freeze: others approved what was carried out or waits.',
    facts: [
      'CaseApproval_pkey',
      'CaseApproval_actionId_requestedById_fkey',
      'CaseApproval_two_people',
      'CaseApproval_append_only',
      'CaseAction_approvals',
      'CaseAction_outcome',
      'CaseAction_open',
      'Case_open',
      'CallerWord_attempts',
    ],
  },
] as const

export type Invariant = (typeof INVARIANTS)[number]['number']
