import { type Caller, refuseRestricted } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { blindIndexOf, listAddresses, primaryPhoneOf, removeAddress } from '@/lib/addresses'
import {
  type CodeRefusal,
  closeChallenges,
  issueToUser,
  limitSends,
  redeemChallenge,
} from '@/lib/challenges'
import { db, transaction } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { AddressKind } from '@/prisma/client/enums'
import { recoveryOf } from './slot'

/**
 * Sends a code to the primary phone, which authorises the removal of the recovery address of this
 * kind. Refused: `nothing_to_remove`, `account_restricted` and `send_throttled` with seconds.
 */
export async function requestRemoval(
  { userId, locale, origin, now }: Caller,
  kind: AddressKind,
): Promise<Result<undefined, 'nothing_to_remove' | 'account_restricted' | 'send_throttled'>> {
  const restricted = await refuseRestricted(db(), userId, now)
  if (restricted) return restricted
  const held = await listAddresses(db(), userId)
  const addressId = recoveryOf(held, kind)?.id
  if (!addressId) return refuse('nothing_to_remove')
  const phone = primaryPhoneOf(held)
  const rateLimitKey = blindIndexOf(phone)
  const throttled = await limitSends('remove_recovery', { userId }, origin.ip)
  if (throttled) return throttled
  await transaction((tx) =>
    issueToUser(tx, {
      purpose: 'remove_recovery',
      userId,
      rateLimitKey,
      recipients: [phone],
      addressId,
      locale,
      now,
    }),
  )
  return done()
}

/**
 * Redeems the code from the primary phone and removes the address. Open challenges close, a reset
 * included; event and notifications, one to the removed address too, commit with it. Credited
 * points stay. Refused as by `redeemChallenge`; `nothing_to_remove`; `account_restricted`.
 */
export async function removeRecoveryAddress(
  { userId, origin, now }: Caller,
  code: string,
): Promise<Result<undefined, CodeRefusal | 'nothing_to_remove' | 'account_restricted'>> {
  return redeemChallenge(
    { ref: { userId }, purpose: 'remove_recovery', code, origin, now },
    async (tx, challenge) => {
      const restricted = await refuseRestricted(tx, userId, now)
      if (restricted) return restricted
      const notify = await listAddresses(tx, userId)
      const removed = notify.find(({ id }) => id === challenge.addressId)
      if (!removed || !(await removeAddress(tx, removed.id, now)))
        return refuse('nothing_to_remove')
      await closeChallenges(tx, { userId }, now)
      await recordEvent(tx, {
        userId,
        type: 'recovery_removed',
        origin,
        now,
        notify,
        about: removed.address,
      })
      return done()
    },
  )
}
