import type { Caller } from '@/lib/accounts'
import { refuseRestricted } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { type AnyAddress, type HeldAddress, listAddresses, maskAddress } from '@/lib/addresses'
import {
  type ChallengeView,
  type CodeRefusal,
  limitNewAddress,
  openRecipients,
  redeemChallenge,
  viewChallenge,
} from '@/lib/challenges'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result, refuse } from '@/lib/platform/result'
import { swap } from './change-slot'
import { isConfirmedElsewhere, lockClaimants } from './claim-email'
import { sendCodeTo } from './send-code'
import { holderOf } from './slot'

type Unconfirmed = 'nothing_to_confirm' | 'account_restricted'

export type EmailConfirmationRefusal = CodeRefusal | Unconfirmed | 'taken'

/**
 * Sends a code to an unconfirmed primary e-mail, also to one that another account has confirmed.
 * Refused: `nothing_to_confirm`, `account_restricted` and `send_throttled` with seconds.
 */
export async function requestEmailConfirmation(
  caller: Caller,
): Promise<Result<undefined, Unconfirmed | 'send_throttled'>> {
  const waiting = await findWaiting(db(), caller.userId)
  if (!waiting) return refuse('nothing_to_confirm')
  const throttled = await limitNewAddress('verify_email', waiting.address, caller)
  return throttled ?? transaction((tx) => ask(tx, caller))
}

/**
 * Redeems the code and confirms the primary e-mail: from now on it logs in and can receive codes.
 * Every other account that holds it unconfirmed loses it (`takeFromOthers`). Event and
 * notifications commit with it. Refused as by `redeemChallenge`; `nothing_to_confirm`;
 * `account_restricted`; `taken` when another account has confirmed it, which is shown only to
 * somebody who reads that e-mail.
 */
export async function confirmPrimaryEmail(
  { userId, origin, now }: Caller,
  code: string,
): Promise<Result<undefined, EmailConfirmationRefusal>> {
  return confirmEmail({ userId }, code, origin, now)
}

/** As `confirmPrimaryEmail`, for a customer or for the browser of a registration. */
export function confirmEmail(
  ref: { userId: string } | { secret: string },
  code: string,
  origin: Origin,
  now: Date,
): Promise<Result<undefined, EmailConfirmationRefusal>> {
  return redeemChallenge(
    { ref, purpose: 'verify_email', code, origin, now, lock: lockClaimants },
    async (tx, challenge) => {
      const { userId } = challenge
      if (!userId) return refuse('nothing_to_confirm')
      const restricted = await refuseRestricted(tx, userId, now)
      if (restricted) return restricted
      const held = await listAddresses(tx, userId)
      const waiting = holderOf(held, { role: 'primary', kind: 'email' })
      const isLate = waiting?.confirmedAt || (waiting?.id ?? null) !== challenge.addressId
      const [email] = openRecipients(challenge)
      if (isLate || !email) return refuseLate(tx, userId, email)
      return confirmHeld(tx, { userId, origin, now }, email, held)
    },
  )
}

/**
 * The unconfirmed primary e-mail, masked, with the view of its open challenge; null when it is
 * confirmed.
 */
export async function findEmailToConfirm(
  userId: string,
  now: Date,
): Promise<{ mask: string; view: ChallengeView | null } | null> {
  const waiting = await findWaiting(db(), userId)
  return waiting
    ? {
        mask: maskAddress(waiting.address),
        view: await viewChallenge({ userId }, 'verify_email', now),
      }
    : null
}

/**
 * The row of the e-mail is closed and written anew: the unique index then decides who gets it. An
 * e-mail that too many accounts held at the registration has no row yet.
 */
async function confirmHeld(
  tx: Tx,
  { userId, origin, now }: Pick<Caller, 'userId' | 'origin' | 'now'>,
  about: AnyAddress,
  held: readonly HeldAddress[],
): Promise<Result<undefined, 'taken' | 'nothing_to_confirm'>> {
  const waiting = holderOf(held, { role: 'primary', kind: 'email' })
  const swapped = await swap(tx, { userId, origin, now }, waiting, {
    role: 'primary',
    address: about,
  })
  if (!swapped.ok) return refuse(swapped.refusal === 'taken' ? 'taken' : 'nothing_to_confirm')
  const notify = [...held.filter((one) => one !== waiting), swapped.value]
  await recordEvent(tx, { userId, type: 'email_confirmed', origin, now, notify, about })
  return done()
}

/** The e-mail is not waiting any more: its account changed it, or another one was faster. */
async function refuseLate(tx: Tx, userId: string, email: AnyAddress | undefined) {
  const isLost = email !== undefined && (await isConfirmedElsewhere(tx, userId, email))
  return refuse(isLost ? 'taken' : 'nothing_to_confirm')
}

async function ask(tx: Tx, caller: Caller): Promise<Result<undefined, Unconfirmed>> {
  const { userId, now } = caller
  const { isFrozen } = await lockUser(tx, userId)
  const [restricted, waiting] = [
    await refuseRestricted(tx, userId, now),
    await findWaiting(tx, userId),
  ]
  if (restricted) return restricted
  if (isFrozen || !waiting) return refuse('nothing_to_confirm')
  await sendCodeTo(tx, caller, 'verify_email', waiting)
  return done()
}

/** The unconfirmed primary e-mail of an account; undefined when it has none. */
export async function findWaiting(tx: Tx, userId: string) {
  const email = holderOf(await listAddresses(tx, userId), { role: 'primary', kind: 'email' })
  return email?.confirmedAt ? undefined : email
}
