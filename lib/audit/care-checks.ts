import type { Check } from './check'
import { eventOf, isForgotten } from './code-checks'

const APPROVERS = `(select count(*) from "CaseApproval" approval
  where approval."actionId" = r.id and approval."staffId" <> r."requestedById")`

const OWNER = `(select owner."userId" from "Case" owner where owner.id = r."caseId")`

/** What actions of customer care must not look like: invariant 9. */
export const CARE_CHECKS: readonly Check[] = [
  {
    invariant: 9,
    name: 'done_without_approval',
    table: 'CaseAction',
    broken: `(r.outcome = 'carried_out' or r."dueAt" is not null) and ${APPROVERS} < r.approvals`,
  },
  {
    invariant: 9,
    name: 'done_before_its_time',
    table: 'CaseAction',
    broken: `r.outcome = 'carried_out' and r."dueAt" is not null and r."endedAt" < r."dueAt"`,
  },
  {
    invariant: 9,
    name: 'unproven_without_wait',
    table: 'CaseAction',
    broken: `r.type = 'unfreeze' and r.outcome = 'carried_out' and r."provenById" is null and r."dueAt" is null`,
  },
  {
    invariant: 9,
    name: 'waits_unannounced',
    table: 'CaseAction',
    broken: `r."dueAt" is not null and not exists (select 1 from "SecurityEvent" event
      where event."userId" = ${OWNER} and event.type = 'unfreeze_announced' and event.at <= r."dueAt")
      and not ${isForgotten(OWNER, 'r."requestedAt"')}`,
  },
  {
    invariant: 9,
    name: 'announced_without_action',
    table: 'SecurityEvent',
    broken: `r.type = 'unfreeze_announced' and not exists (select 1 from "CaseAction" action
      join "Case" owner on owner.id = action."caseId"
      where owner."userId" = r."userId" and action."dueAt" >= r.at)`,
  },
  {
    invariant: 9,
    name: 'opened_without_event',
    table: 'CaseAction',
    broken: `r.type = 'unfreeze' and r.outcome = 'carried_out'
      and not ${eventOf(OWNER, 'r."endedAt"', `and event.type = 'unfrozen_by_care'`)}`,
  },
]
