import {
  checkUserPassword,
  hashPassword,
  type PasswordRefusal,
  replacePassword,
  restrictAccount,
} from '@/lib/accounts'
import {
  type AnyAddress,
  blindIndexOf,
  findPrimary,
  formatAddress,
  type HeldAddress,
  listAddresses,
} from '@/lib/addresses'
import {
  type CodeRefusal,
  findChallenge,
  issueToBrowser,
  keepsCode,
  limitSends,
  openPayload,
  openRecipients,
  passChallenge,
  renewSecret,
  spendPassed,
  withoutThrottled,
} from '@/lib/challenges'
import { db, lockUser, NIL_UUID, type Tx, transaction } from '@/lib/platform/db'
import type { Locale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { ChallengeModel } from '@/prisma/client/models'

/** The two choices. Everyone is offered both, whatever addresses the account has. */
const CHOICES = ['primary_phone', 'recovery'] as const
export type ResetChoice = (typeof CHOICES)[number]

/** `secret`: of the reset that this browser has begun before, if any. */
export type ResetRequest = {
  identifier: AnyAddress
  choice: ResetChoice
  secret?: string
  locale: Locale
  origin: Origin
  now: Date
}

/**
 * Begins a reset: a code to the primary phone, or one to every confirmed recovery address. An
 * unknown account, a frozen one, and one without such an address get a decoy: the same statements,
 * limits and screens, and no code (ASVS 6.3.8). The same request again in this browser, within the
 * resend pause, keeps its code. Returns the secret for the browser's cookie. Refused:
 * `send_throttled` with seconds.
 */
export async function startReset(
  request: ResetRequest,
): Promise<Result<{ secret: string }, 'send_throttled'>> {
  const { identifier, choice, origin } = request
  const rateLimitKey = blindIndexOf(identifier)
  if (await isUnderWay(request, rateLimitKey)) return done({ secret: request.secret ?? '' })
  const throttled = await limitSends('reset_password', { userId: null, rateLimitKey }, origin.ip)
  if (throttled) return throttled
  const ownerId = (await findPrimary(db(), identifier))?.userId ?? NIL_UUID
  const allowed = await withoutThrottled(await recipientsOf(db(), ownerId, choice), rateLimitKey)
  return done(
    await transaction((tx) => issueResetCode(tx, request, { ownerId, rateLimitKey, allowed })),
  )
}

/**
 * Passes the challenge: for 15 minutes it permits one new password, nothing else. The returned
 * secret replaces the browser's, so that a planted cookie is worth nothing (ASVS 7.2.4). Refused as
 * by `passChallenge`.
 */
export async function passReset(
  secret: string,
  code: string,
  origin: Origin,
  now: Date,
): Promise<Result<{ secret: string }, CodeRefusal>> {
  return passChallenge(
    { ref: { secret }, purpose: 'reset_password', code, origin, now },
    async (tx, { id }) => ({
      secret: await renewSecret(tx, id),
    }),
  )
}

export type NewPassword = { secret: string; password: string; origin: Origin; now: Date }

/**
 * Sets the new password. One transaction spends the challenge, replaces the password, ends every
 * session, closes every open challenge, restricts the account for a day and notifies every address
 * (ASVS 7.4.3, 6.3.7). Refused: `challenge_gone`, and the reasons of a password, which spend
 * nothing.
 */
export async function completeReset({
  secret,
  password,
  origin,
  now,
}: NewPassword): Promise<Result<undefined, 'challenge_gone' | PasswordRefusal>> {
  const challenge = await findChallenge({ secret }, 'reset_password', now)
  if (!challenge?.passedAt || !challenge.userId) return refuse('challenge_gone')
  const { userId } = challenge
  const user = await db().user.findUniqueOrThrow({
    where: { id: userId },
    select: { id: true, name: true },
  })
  const checked = await checkUserPassword(user, password)
  if (!checked.ok) return checked
  const passwordHash = await hashPassword(password)
  return transaction(async (tx) => {
    await lockUser(tx, userId)
    const spent = await spendPassed(tx, [challenge.id], now)
    if (!spent.ok) return spent
    await replacePassword(tx, { userId, passwordHash, type: 'password_reset', origin, now })
    await restrictAccount(tx, userId, openRecipients(challenge), now)
    return done()
  })
}

/**
 * The identifier that was typed at the start of a passed reset, for the password manager; null
 * without a passed challenge.
 */
export async function resetIdentifier(secret: string, now: Date): Promise<string | null> {
  const challenge = await findChallenge({ secret }, 'reset_password', now)
  return challenge?.passedAt ? readPayload(challenge).identifier : null
}

/**
 * Whether this browser was sent a code for the same identifier and choice a moment ago. After the
 * pause the recipients are read again: an account may have been unfrozen meanwhile.
 */
async function isUnderWay({ secret = '', choice, now }: ResetRequest, rateLimitKey: string) {
  const open = await findChallenge({ secret }, 'reset_password', now)
  return (
    open?.rateLimitKey === rateLimitKey &&
    !open.passedAt &&
    readPayload(open).choice === choice &&
    keepsCode(open, now)
  )
}

/** The choice and the typed identifier. A payload of an earlier version is the identifier alone. */
const writePayload = ({ choice, identifier }: ResetRequest) =>
  `${choice} ${formatAddress(identifier)}`

function readPayload(challenge: ChallengeModel) {
  const payload = openPayload(challenge)
  const choice = CHOICES.find((one) => payload.startsWith(`${one} `))
  return { choice, identifier: choice ? payload.slice(choice.length + 1) : payload }
}

type Audience = { ownerId: string; rateLimitKey: string; allowed: readonly AnyAddress[] }

/**
 * Reads the recipients again under the lock: an address that was just removed gets no code, and
 * neither does a frozen account.
 */
async function issueResetCode(
  tx: Tx,
  request: ResetRequest,
  { ownerId, rateLimitKey, allowed }: Audience,
) {
  const { choice, locale, now } = request
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
    payload: writePayload(request),
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
