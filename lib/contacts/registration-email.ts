import type { Caller } from '@/lib/accounts'
import {
  blindIndexesOf,
  blindIndexOf,
  type Email,
  formatAddress,
  listAddresses,
} from '@/lib/addresses'
import {
  type ChallengeView,
  findIssued,
  issueToBrowser,
  limitNewAddress,
  openPayload,
  recipientKey,
  viewChallenge,
} from '@/lib/challenges'
import { sendMessages } from '@/lib/messaging'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { consumeRecipientLimit } from '@/lib/platform/rate-limits'
import { done, type Result, refuse } from '@/lib/platform/result'
import { isConfirmedElsewhere } from './claim-email'
import { confirmEmail, type EmailConfirmationRefusal, findWaiting } from './confirm-primary-email'
import { holderOf } from './slot'

/** An hour: "You already have an account" is useful while its reader still waits for the code. */
const ALREADY_REGISTERED_LIFETIME_MS = 60 * 60 * 1_000

/** A new account, and the e-mail that was typed at its registration. */
type Registrant = Caller & { email: Email }

/**
 * Asks the browser that has just created an account for a code at the e-mail that was typed there,
 * and returns the secret for its cookie. An e-mail that another account has confirmed gets "you
 * already have an account" instead, and no code is right: the statements, limits and screens are
 * the same (ASVS 6.3.8). Refused: `send_throttled` with seconds; `nothing_to_confirm` when the
 * account is frozen.
 */
export async function requestRegistrationEmail(
  registrant: Registrant,
): Promise<Result<{ secret: string }, 'send_throttled' | 'nothing_to_confirm'>> {
  const { userId, email } = registrant
  const throttled = await limitNewAddress('verify_email', email, registrant)
  if (throttled) return throttled
  const isReserved = await isConfirmedElsewhere(db(), userId, email)
  const recipient = `${isReserved ? '' : 'nobody:'}${blindIndexOf(email)}`
  const mayTell = await consumeRecipientLimit(recipientKey('register', recipient))
  return transaction((tx) => ask(tx, registrant, { isReserved, mayTell }))
}

/**
 * Redeems the code that the browser of the registration was asked for, and confirms the e-mail of
 * its account. Refused as by `confirmPrimaryEmail`.
 */
export function confirmRegistrationEmail(
  secret: string,
  code: string,
  { origin, now }: Pick<Caller, 'origin' | 'now'>,
): Promise<Result<undefined, EmailConfirmationRefusal>> {
  return confirmEmail({ secret }, code, origin, now)
}

/**
 * What the browser of a registration may see of its e-mail: the address as it was typed, the open
 * challenge, and whether the account logs in with its e-mail. Null in any other browser.
 */
export async function findRegistrationEmail(
  secret: string,
  now: Date,
): Promise<{ address: string; view: ChallengeView | null; isUsable: boolean } | null> {
  const challenge = await findIssued(secret, 'verify_email')
  if (!challenge?.userId) return null
  const [held, view] = [
    await listAddresses(db(), challenge.userId),
    await viewChallenge({ secret }, 'verify_email', now),
  ]
  const email = holderOf(held, { role: 'primary', kind: 'email' })
  return { address: openPayload(challenge), view, isUsable: email?.isUsable ?? false }
}

type Reserved = { isReserved: boolean; mayTell: boolean }

/** Writes the same rows for a free and for a reserved e-mail; only the recipients differ. */
async function ask(
  tx: Tx,
  { userId, email, locale, now }: Registrant,
  { isReserved, mayTell }: Reserved,
): Promise<Result<{ secret: string }, 'nothing_to_confirm'>> {
  if ((await lockUser(tx, userId)).isFrozen) return refuse('nothing_to_confirm')
  const addressId = (await findWaiting(tx, userId))?.id
  const issued = await issueToBrowser(tx, {
    purpose: 'verify_email',
    userId,
    rateLimitKeys: blindIndexesOf(email),
    recipients: isReserved ? [] : [email],
    decoyKind: 'email',
    payload: formatAddress(email),
    ...(addressId !== undefined && { addressId }),
    locale,
    now,
  })
  const expiresAt = new Date(now.getTime() + ALREADY_REGISTERED_LIFETIME_MS)
  const to = isReserved && mayTell ? email : null
  const content = { kind: 'already_registered' } as const
  await sendMessages(tx, [{ to, channel: 'email', content, locale, expiresAt }], now)
  return done(issued)
}
