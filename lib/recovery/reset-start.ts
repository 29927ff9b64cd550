import { findDevices } from '@/lib/accounts'
import { findResetLink, reportUsedUp } from '@/lib/activity'
import {
  type AnyAddress,
  blindIndexOf,
  findPrimary,
  formatAddress,
  type HeldAddress,
  listAddresses,
} from '@/lib/addresses'
import {
  type AttemptScope,
  findChallenge,
  hasAttempts,
  issueToBrowser,
  keepsCode,
  ownBrowserKey,
  reportExcess,
  strangerKey,
  withoutThrottled,
} from '@/lib/challenges'
import { db, lockUser, NIL_UUID, type Tx, transaction } from '@/lib/platform/db'
import type { Locale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import type { GivenProof } from '@/lib/platform/proof-of-work'
import { consumeSendLimit, takeOnce } from '@/lib/platform/rate-limits'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { admitStranger, refusedAs } from '@/lib/platform/strangers'
import { type ResetChoice, readPayload, writePayload } from './reset-payload'

const DAY_SECONDS = 24 * 60 * 60

type Beginning = {
  choice: ResetChoice
  /** Of the reset that this browser has begun before, if any. */
  secret?: string
  locale: Locale
  origin: Origin
  now: Date
}

export type ResetRequest = Beginning & { identifier: AnyAddress; proof?: GivenProof | undefined }

/**
 * Begins a reset: a code to the primary phone, or one to every confirmed recovery address. An
 * unknown account, a frozen one, one without such an address, and one whose attempts on that path
 * are used up get a decoy: the same statements, limits and screens, and no code (ASVS 6.3.8). A
 * known device of the account has sends and attempts of its own. The same request again in this
 * browser, within the resend pause, keeps its code; after it, that code is an older one. Returns the
 * secret for the browser's cookie.
 * Refused: `proof_needed` with the proof; `send_throttled` with seconds.
 */
export async function startReset(
  request: ResetRequest,
): Promise<Result<{ secret: string }, 'send_throttled' | 'proof_needed'>> {
  const { identifier, choice, origin, proof, now } = request
  const rateLimitKey = blindIndexOf(identifier)
  if (await isUnderWay(request, rateLimitKey)) return done({ secret: request.secret ?? '' })
  const [held, devices] = [await findPrimary(db(), identifier), await findDevices(db(), origin)]
  const ownerId = held?.userId ?? NIL_UUID
  const typed = formatAddress(identifier)
  const device = devices.find(({ userId }) => userId === ownerId)?.secretHash
  if (device && !(await consumeSendLimit(ownBrowserKey('device', device, choice))))
    return begin(request, { ownerId, rateLimitKey, typed, scope: { kind: 'device', id: device } })
  const key = strangerKey(rateLimitKey, choice)
  const admitted = await admitStranger({ wish: 'reset', key, ip: origin.ip, proof, now })
  if (!admitted.ok) return refusedAs(admitted, 'send_throttled')
  if (admitted.value.isExcess)
    await reportExcess({ userId: knownId(ownerId), rateLimitKey, path: choice }, origin, now)
  return begin(request, { ownerId, rateLimitKey, typed, scope: { kind: 'unknown' } })
}

/**
 * Begins a reset for the holder of the link in a notification of used-up attempts or sends. It has
 * sends and attempts of its own; the code is still needed. Refused: `reset_link_gone`, and
 * `send_throttled` with seconds.
 */
export async function startResetByLink(
  token: string,
  beginning: Beginning,
): Promise<Result<{ secret: string }, 'reset_link_gone' | 'send_throttled'>> {
  const { choice, now } = beginning
  const link = await findResetLink(token, now)
  if (!link) {
    logSecurity('authn_token_reuse', { userId: null, subject: 'reset_link' })
    return refuse('reset_link_gone')
  }
  const { userId: ownerId, tokenHash: id, rateLimitKey } = link
  if (await isUnderWay(beginning, rateLimitKey)) return done({ secret: beginning.secret ?? '' })
  const throttled = await consumeSendLimit(ownBrowserKey('link', id, choice))
  return (
    throttled ?? begin(beginning, { ownerId, rateLimitKey, typed: '', scope: { kind: 'link', id } })
  )
}

/**
 * Whether this browser was sent a code for the same identifier and choice a moment ago. After the
 * pause the recipients are read again: an account may have been unfrozen meanwhile.
 */
async function isUnderWay({ secret = '', choice, now }: Beginning, rateLimitKey: string) {
  const open = await findChallenge({ secret }, 'reset_password', now)
  return (
    open?.rateLimitKey === rateLimitKey &&
    !open.passedAt &&
    readPayload(open).choice === choice &&
    keepsCode(open, now)
  )
}

/** Whose reset, what was typed, and where its wrong codes are counted. */
type Subject = { ownerId: string; rateLimitKey: string; typed: string; scope: AttemptScope }

/** The id of the owner; null for an unknown account. */
const knownId = (ownerId: string) => (ownerId === NIL_UUID ? null : ownerId)

type Audience = Subject & { allowed: readonly AnyAddress[] }

async function begin(beginning: Beginning, subject: Subject) {
  const { choice } = beginning
  const { ownerId, rateLimitKey, scope } = subject
  const isOpen = await isPathOpen(subject, choice)
  await reportClosed(isOpen, subject, beginning)
  const held = await recipientsOf(db(), isOpen ? ownerId : NIL_UUID, choice)
  const allowed =
    scope.kind === 'unknown' ? await withoutThrottled(held, 'reset_password', rateLimitKey) : held
  return done(await transaction((tx) => issueResetCode(tx, beginning, { ...subject, allowed })))
}

/** A known device whose own attempts are used up counts as an unknown browser. */
async function isPathOpen({ ownerId, rateLimitKey, scope }: Subject, path: ResetChoice) {
  const account = knownId(ownerId) ?? rateLimitKey
  if (await hasAttempts({ account, path, scope })) return true
  return scope.kind === 'device' && hasAttempts({ account, path, scope: { kind: 'unknown' } })
}

/** Once a day. The statements are the same with nothing to report, and without an account. */
async function reportClosed(
  isOpen: boolean,
  { ownerId, rateLimitKey }: Subject,
  { choice, origin, now }: Beginning,
) {
  const what = isOpen ? 'no' : 'codes'
  const isFirst = await takeOnce(`${what}-notice:${rateLimitKey}:${choice}`, DAY_SECONDS)
  if (!isOpen && isFirst)
    await reportUsedUp(db(), { userId: knownId(ownerId), what: 'codes', origin, now })
}

/**
 * Reads the recipients again under the lock: an address that was just removed gets no code, and
 * neither does a frozen account.
 */
async function issueResetCode(
  tx: Tx,
  { choice, secret: earlierSecret, locale, now }: Beginning,
  { ownerId, rateLimitKey, typed, scope, allowed }: Audience,
) {
  const { isFrozen } = await lockUser(tx, ownerId)
  const held = await recipientsOf(tx, isFrozen ? NIL_UUID : ownerId, choice)
  const recipients = held.filter(({ value }) => allowed.some((address) => address.value === value))
  const userId = recipients.length > 0 ? ownerId : null
  const decoyChannel = choice === 'primary_phone' ? 'sms' : 'email'
  return issueToBrowser(tx, {
    purpose: 'reset_password',
    userId,
    rateLimitKey,
    recipients,
    decoyChannel,
    payload: writePayload(choice, typed),
    attempts: { path: choice, scope },
    earlierSecret,
    locale,
    now,
  })
}

async function recipientsOf(tx: Tx, userId: string, choice: ResetChoice): Promise<AnyAddress[]> {
  const held = await listAddresses(tx, userId)
  const isChosen = ({ role, address, confirmedAt }: HeldAddress) =>
    confirmedAt !== null &&
    (choice === 'recovery' ? role === 'recovery' : role === 'primary' && address.kind === 'phone')
  return held.filter(isChosen).map(({ address }) => address)
}
