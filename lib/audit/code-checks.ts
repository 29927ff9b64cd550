import { ATTEMPT_CAPS } from '@/lib/challenges'
import type { EventType, Purpose } from '@/prisma/client/enums'
import type { Check } from './check'
import type { Times } from './times'

/** The codes that permit what an event says. They are spent at its time. */
const PERMITTED_BY: Partial<Record<EventType, readonly Purpose[]>> = {
  recovery_added: ['authorise_recovery'],
  recovery_confirmed: ['confirm_recovery'],
  recovery_removed: ['remove_recovery'],
  recovery_reverified: ['reverify_recovery'],
  recovery_replaced: ['replace_recovery', 'confirm_replacement'],
  phone_changed: ['change_phone', 'confirm_phone'],
  email_changed: ['change_email', 'confirm_email'],
  email_confirmed: ['verify_email'],
  password_reset: ['reset_password'],
  unfrozen: ['unfreeze_first', 'unfreeze_second'],
  restriction_lifted: ['lift_restriction'],
  erasure_requested: ['erase_account'],
  saved_code_made: ['make_saved_code'],
  password_held: ['reset_password'],
}

/** Spent only in the transaction of their event. Other codes are spent by a refusal, too. */
const ENDS_IN: Partial<Record<Purpose, readonly EventType[]>> = {
  reset_password: ['password_reset', 'password_held'],
  unfreeze_first: ['unfrozen'],
  unfreeze_second: ['unfrozen'],
}

/** What codes must not look like: invariants 1 to 3. */
export const codeChecks = ({ challengesSince, messagesSince }: Times): Check[] => [
  {
    invariant: 1,
    name: 'spent_and_closed',
    table: 'Challenge',
    broken: 'r."spentAt" is not null and r."closedAt" is not null',
  },
  {
    invariant: 1,
    name: 'spent_without_event',
    table: 'Challenge',
    broken: anyOf(
      Object.entries(ENDS_IN).map(
        ([purpose, types]) =>
          `r.purpose = '${purpose}' and r."spentAt" is not null and r."userId" is not null
            and not ${eventOf('r."userId"', 'r."spentAt"', `and event.type in (${listOf(types)})`)}`,
      ),
    ),
  },
  {
    invariant: 1,
    name: 'event_without_code',
    table: 'SecurityEvent',
    broken: `r.at >= ${challengesSince} and not ${IS_ERASED} and (${anyOf(
      Object.entries(PERMITTED_BY).map(
        ([type, purposes]) =>
          `r.type = '${type}' and (${anyOf(purposes.map((one) => `not ${spent(one)}`))})`,
      ),
    )})`,
  },
  {
    invariant: 2,
    name: 'passed_without_attempt',
    table: 'Challenge',
    broken: 'r."passedAt" is not null and r.attempts = 0',
  },
  {
    invariant: 2,
    name: 'resent_the_same_code',
    table: 'Challenge',
    broken: 'r."codeHash" = any(r."supersededHashes")',
  },
  {
    invariant: 2,
    name: 'too_many_failures',
    table: 'FailureCount',
    broken: `r.failures > ${CAP}`,
  },
  {
    invariant: 3,
    name: 'decoy_passed',
    table: 'Challenge',
    broken: `${IS_DECOY} and (r."passedAt" is not null or r."spentAt" is not null)`,
  },
  {
    invariant: 3,
    name: 'decoy_sent',
    table: 'Challenge',
    broken: `${IS_DECOY} and ${messageOf('and message."sealedTo" is not null')}`,
  },
  {
    invariant: 3,
    name: 'no_message',
    table: 'Challenge',
    // For a saved code nothing is sent.
    broken: `r."codeExpiresAt" >= ${messagesSince} and r.path is distinct from 'saved_code' and not ${messageOf()}`,
  },
]

const IS_DECOY = `r."userId" is null and r.purpose <> 'register'`

/** The challenges of an erased account are deleted. */
const IS_ERASED = `exists (select 1 from "User" owner where owner.id = r."userId" and owner."erasedAt" is not null)`

const CAP = `case when r.scope = 'session' then ${ATTEMPT_CAPS.session}
  when r.scope = 'devices' then ${ATTEMPT_CAPS.device.all} when r.scope = 'links' then ${ATTEMPT_CAPS.link.all}
  when r.scope like 'device:%' then ${ATTEMPT_CAPS.device.own} when r.scope like 'link:%' then ${ATTEMPT_CAPS.link.own}
  else ${ATTEMPT_CAPS.unknown} end`

const anyOf = (conditions: readonly string[]) => conditions.map((one) => `(${one})`).join(' or ')

const spent = (purpose: Purpose) =>
  `exists (select 1 from "Challenge" code where code."userId" = r."userId" and code.purpose = '${purpose}' and code."spentAt" = r.at)`

/** Events as SQL. */
export const listOf = (types: readonly EventType[]): string =>
  types.map((type) => `'${type}'`).join(', ')

const messageOf = (more = '') =>
  `exists (select 1 from "Message" message where message."challengeId" = r.id ${more})`

/** A user has an event at a time, or had one that the retention has deleted. */
export const eventOf = (userId: string, at: string, more = '') =>
  `(exists (select 1 from "SecurityEvent" event where event."userId" = ${userId} and event.at = ${at} ${more})
    or ${isForgotten(userId, at)})`

/** The retention has deleted the events that a user had at a time. */
export const isForgotten = (userId: string, at: string) =>
  `exists (select 1 from "ActivityStart" start where start."userId" = ${userId} and start.at >= ${at})`
