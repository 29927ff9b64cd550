import { reportUsedUp } from '@/lib/activity'
import { type AnyAddress, type HeldAddress, isProof, listAddresses } from '@/lib/addresses'
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
import { findLiveCode } from '@/lib/saved-codes'
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
 * removed gets no code, and neither does a frozen account. For a saved code nothing is sent, and the
 * present one is read there; the statements depend on the choice alone.
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
      const [{ isFrozen }, held, { allowed, isFirst }, replaced, live] = await Promise.all([
        lockUser(sql, subject.ownerId),
        listAddresses(sql, subject.ownerId),
        countAsked(sql, asked, subject, choice, noticeOf(isOpen, subject, choice)),
        closeEarlier(sql, requestOf(beginning, subject, [])),
        choice === 'saved_code' ? findLiveCode(sql, subject.ownerId) : undefined,
      ])
      if (!isOpen && isFirst) await reportClosed(sql, subject, beginning)
      const present = isFrozen ? [] : recipientsAmong(held, choice)
      const recipients = present.filter(({ value }) => allowed.some((one) => one.value === value))
      const saved = isFrozen || !isOpen ? undefined : live
      return issueToBrowser(sql, requestOf(beginning, subject, recipients, saved), replaced)
    }),
  )
}

/** A known device whose own attempts are used up counts as an unknown browser. */
const isPathOpen = (failures: readonly Failures[], scope: AttemptScope) =>
  hasAttempts(failures, scope) ||
  (scope.kind === 'device' && hasAttempts(failures, { kind: 'unknown' }))

/**
 * Counts the messages of a stranger at their recipients, if there are messages, and takes the notice:
 * `isFirst` is whether the owner was not yet told today that the path is closed.
 */
async function countAsked(
  sql: Sql,
  asked: readonly AnyAddress[],
  { scope, rateLimitKeys: [rateLimitKey] }: ResetSubject,
  choice: ResetChoice,
  once: Once,
) {
  if (scope.kind === 'unknown' && choice !== 'saved_code')
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
  saved?: ChallengeRequest['saved'],
): ChallengeRequest {
  return {
    purpose: 'reset_password',
    userId: recipients.length > 0 || saved ? ownerId : null,
    rateLimitKeys,
    recipients,
    decoyKind: choice === 'primary_phone' ? 'phone' : 'email',
    phoneChannel: (choice === 'primary_phone' && phoneChannel) || null,
    payload: writePayload(choice, typed),
    attempts: { path: choice, scope },
    ...(choice === 'saved_code' && { saved: saved ?? null }),
    earlierSecret,
    locale,
    now,
  }
}

function recipientsAmong(held: readonly HeldAddress[], choice: ResetChoice): AnyAddress[] {
  if (choice === 'saved_code') return []
  const isChosen = (one: HeldAddress) =>
    isProof(one) &&
    (choice === 'recovery'
      ? one.role === 'recovery'
      : one.role === 'primary' && one.address.kind === 'phone')
  return held.filter(isChosen).map(({ address }) => address)
}
