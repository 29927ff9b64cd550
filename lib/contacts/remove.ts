import { type Caller, refuseRestricted } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { listAddresses, removeAddress } from '@/lib/addresses'
import { type CodeRefusal, closeChallenges, limitSends, redeemChallenge } from '@/lib/challenges'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { AddressKind } from '@/prisma/client/enums'
import { refuseRecycled, sendCodeToPhone } from './send-code'
import { recoveryOf } from './slot'

type RemovalRefusal = 'nothing_to_remove' | 'account_restricted'

/**
 * Sends a code to the primary phone, which authorises the removal of the recovery address of this
 * kind. Refused: `nothing_to_remove`, `account_restricted` and `send_throttled` with seconds,
 * `number_recycled` when somebody else has the primary phone.
 */
export async function requestRemoval(
  caller: Caller,
  kind: AddressKind,
): Promise<Result<undefined, RemovalRefusal | 'send_throttled' | 'number_recycled'>> {
  const { userId, now } = caller
  const restricted = await refuseRestricted(db(), userId, now)
  if (restricted) return restricted
  const held = await listAddresses(db(), userId)
  if (!recoveryOf(held, kind)) return refuse('nothing_to_remove')
  const refusal = refuseRecycled(held) ?? (await limitSends('remove_recovery', { userId }))
  return refusal ?? transaction((tx) => askForAuthorisation(tx, caller, kind))
}

/**
 * Redeems the code from the primary phone and removes the address. Open challenges close, a reset
 * included; event and notifications, one to the removed address too, commit with it. Credited
 * points stay. Refused as by `redeemChallenge`; `nothing_to_remove`; `account_restricted`.
 */
export async function removeRecoveryAddress(
  { userId, origin, now }: Caller,
  code: string,
): Promise<Result<undefined, CodeRefusal | RemovalRefusal>> {
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

async function askForAuthorisation(
  tx: Tx,
  caller: Caller,
  kind: AddressKind,
): Promise<Result<undefined, RemovalRefusal | 'number_recycled'>> {
  const { userId, now } = caller
  const { isFrozen } = await lockUser(tx, userId)
  const restricted = await refuseRestricted(tx, userId, now)
  if (restricted) return restricted
  const held = await listAddresses(tx, userId)
  const addressId = recoveryOf(held, kind)?.id
  if (isFrozen || !addressId) return refuse('nothing_to_remove')
  return sendCodeToPhone(tx, caller, 'remove_recovery', held, { addressId })
}
