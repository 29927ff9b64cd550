import type { Check } from './check'
import type { Times } from './times'

const IS_UNSETTLED = 'r."sentAt" is null and r."failedAt" is null'

/** What messages must not look like: invariant 5. */
export const messageChecks = ({ now, overdue, challengesSince }: Times): Check[] => [
  {
    invariant: 5,
    name: 'without_cause',
    table: 'Message',
    // The row of a challenge is deleted after its messages have expired.
    broken: `r."eventId" is null and r."challengeId" is null and r."userId" is null and r."sealedTo" is not null
      and r.kind <> 'already_registered' and r."expiresAt" >= ${challengesSince}`,
  },
  {
    invariant: 5,
    name: 'of_no_user',
    table: 'Message',
    broken: `r."userId" is not null and not exists (select 1 from "User" owner where owner.id = r."userId")`,
  },
  {
    invariant: 5,
    name: 'not_queued',
    table: 'Message',
    broken: `${IS_UNSETTLED} and r."expiresAt" > ${now} and r."runAt" is null`,
  },
  {
    invariant: 5,
    name: 'never_settled',
    table: 'Message',
    broken: `${IS_UNSETTLED} and r."expiresAt" < ${overdue}`,
  },
  {
    invariant: 5,
    name: 'text_not_erased',
    table: 'Message',
    broken: `r."sealedBody" is not null and (r."expiresAt" < ${overdue}
      or (r."fallbackAt" is null
        and (r."sentAt" is not null or (r."failedAt" is not null and r.kind like 'code.%'))))`,
  },
]
