import { reportUsedUp } from '@/lib/activity'
import { type AnyAddress, type HeldAddress, listAddresses } from '@/lib/addresses'
import {
  type AttemptScope,
  type ChallengeRequest,
  closeEarlier,
  type Failures,
  hasAttempts,
  issueToBrowser,
  withoutThrottledOnce,
} from '@/lib/challenges'
import type { PhoneChannel } from '@/lib/messaging'
import type { KeyedHashes } from '@/lib/platform/crypto'
import { lockUser, NIL_UUID } from '@/lib/platform/db'
import { type Once, takeOnce } from '@/lib/platform/limit-uses'
import type { Locale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import { done } from '@/lib/platform/result'
import { sqlTransaction } from '@/lib/platform/sql'
import type { Sql } from '@/lib/platform/statement'
import { type ResetChoice, writePayload } from './reset-payload'

const DAY_SECONDS = 24 * 60 * 60

export type Beginning = {
  choice: ResetChoice
  /** How a code to the primary phone is sent. Everyone is offered both, and by SMS unless it is said. */
  phoneChannel?: PhoneChannel | undefined
  /** Of the reset that this browser has begun before, if any. */
  secret?: string
  locale: Locale
  origin: Origin
  now: Date
}

/**
 * Whose reset, the addresses and failures of the account, what was typed, and where wrong codes are
 * counted.
 */
export type ResetSubject = {
  ownerId: string
  held: readonly HeldAddress[]
  failures: readonly Failures[]
  rateLimitKeys: KeyedHashes
  typed: string
  scope: AttemptScope
}

/** The id of the owner; null for an unknown account. */
export const knownId = (ownerId: string) => (ownerId === NIL_UUID ? null : ownerId)

/**
 * Sends the code of a reset, or writes a decoy by the same statements, and returns the secret for the
 * browser's cookie. Recipients are read again under the lock of the user: an address that was just
 * removed gets no code, and neither does a frozen account.
 */
export async function issueReset(
  beginning: Beginning,
  subject: ResetSubject,
): Promise<{ ok: true; value: { secret: string } }> {
  const { choice } = beginning
  const isOpen = isPathOpen(subject.failures, subject.scope)
  const asked = isOpen ? recipientsAmong(subject.held, choice) : []
  return done(
    await sqlTransaction(async (sql) => {
      const [{ isFrozen }, held, { allowed, isFirst }, replaced] = await Promise.all([
        lockUser(sql, subject.ownerId),
        listAddresses(sql, subject.ownerId),
        countAsked(sql, asked, subject, noticeOf(isOpen, subject, choice)),
        closeEarlier(sql, requestOf(beginning, subject, [])),
      ])
      if (!isOpen && isFirst) await reportClosed(sql, subject, beginning)
      const present = isFrozen ? [] : recipientsAmong(held, choice)
      const recipients = present.filter(({ value }) => allowed.some((one) => one.value === value))
      return issueToBrowser(sql, requestOf(beginning, subject, recipients), replaced)
    }),
  )
}

/** A known device whose own attempts are used up counts as an unknown browser. */
const isPathOpen = (failures: readonly Failures[], scope: AttemptScope) =>
  hasAttempts(failures, scope) ||
  (scope.kind === 'device' && hasAttempts(failures, { kind: 'unknown' }))

/**
 * Counts the messages of a stranger at their recipients, and takes the notice: `isFirst` is whether
 * the owner was not yet told today that the path is closed.
 */
async function countAsked(
  sql: Sql,
  asked: readonly AnyAddress[],
  { scope, rateLimitKeys: [rateLimitKey] }: ResetSubject,
  once: Once,
) {
  if (scope.kind === 'unknown')
    return withoutThrottledOnce(sql, asked, { purpose: 'reset_password', rateLimitKey, once })
  return { allowed: asked, isFirst: await takeOnce(once.key, once.seconds, sql) }
}

/**
 * The key of the notice that a path is closed. One is taken on an open path too: by the time of the
 * statement, a stranger could otherwise learn that two identifiers are of one account.
 */
const noticeOf = (
  isOpen: boolean,
  { rateLimitKeys: [rateLimitKey] }: ResetSubject,
  choice: ResetChoice,
): Once => ({
  key: `${isOpen ? 'no' : 'codes'}-notice:${rateLimitKey}:${choice}`,
  seconds: DAY_SECONDS,
})

const reportClosed = (sql: Sql, { ownerId }: ResetSubject, { origin, now }: Beginning) =>
  reportUsedUp(sql, { userId: knownId(ownerId), what: 'codes', origin, now })

function requestOf(
  { choice, phoneChannel, secret: earlierSecret, locale, now }: Beginning,
  { ownerId, rateLimitKeys, typed, scope }: ResetSubject,
  recipients: readonly AnyAddress[],
): ChallengeRequest {
  return {
    purpose: 'reset_password',
    userId: recipients.length > 0 ? ownerId : null,
    rateLimitKeys,
    recipients,
    decoyKind: choice === 'primary_phone' ? 'phone' : 'email',
    phoneChannel: (choice === 'primary_phone' && phoneChannel) || null,
    payload: writePayload(choice, typed),
    attempts: { path: choice, scope },
    earlierSecret,
    locale,
    now,
  }
}

function recipientsAmong(held: readonly HeldAddress[], choice: ResetChoice): AnyAddress[] {
  const isChosen = ({ role, address, confirmedAt }: HeldAddress) =>
    confirmedAt !== null &&
    (choice === 'recovery' ? role === 'recovery' : role === 'primary' && address.kind === 'phone')
  return held.filter(isChosen).map(({ address }) => address)
}
