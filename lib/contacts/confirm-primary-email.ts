import type { Caller } from '@/lib/accounts'
import { refuseRestricted } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { confirmAddress, listAddresses, maskAddress } from '@/lib/addresses'
import {
  type ChallengeView,
  type CodeRefusal,
  limitNewAddress,
  redeemChallenge,
  viewChallenge,
} from '@/lib/challenges'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import { sendCodeTo } from './send-code'
import { holderOf } from './slot'

type Unconfirmed = 'nothing_to_confirm' | 'account_restricted'

/**
 * Sends a code to an unconfirmed primary e-mail. Refused: `nothing_to_confirm`,
 * `account_restricted` and `send_throttled` with seconds.
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
 * Redeems the code and confirms the primary e-mail: from now on it can receive codes. Event and
 * notifications commit with it.
 * Refused as by `redeemChallenge`; `nothing_to_confirm`; `account_restricted`.
 */
export async function confirmPrimaryEmail(
  { userId, origin, now }: Caller,
  code: string,
): Promise<Result<undefined, CodeRefusal | Unconfirmed>> {
  return redeemChallenge(
    { ref: { userId }, purpose: 'verify_email', code, origin, now },
    async (tx, challenge) => {
      const restricted = await refuseRestricted(tx, userId, now)
      if (restricted) return restricted
      const notify = await listAddresses(tx, userId)
      const waiting = notify.find(({ id }) => id === challenge.addressId)
      if (!waiting || !(await confirmAddress(tx, waiting.id, now)))
        return refuse('nothing_to_confirm')
      await recordEvent(tx, {
        userId,
        type: 'email_confirmed',
        origin,
        now,
        notify,
        about: waiting.address,
      })
      return done()
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

async function findWaiting(tx: Tx, userId: string) {
  const email = holderOf(await listAddresses(tx, userId), { role: 'primary', kind: 'email' })
  return email?.confirmedAt ? undefined : email
}
