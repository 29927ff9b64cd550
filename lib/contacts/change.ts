import type { Caller } from '@/lib/accounts'
import {
  endSessions,
  findDevice,
  type OpenedSession,
  openSession,
  refuseRestricted,
} from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { blindIndexesOf, type HeldAddress } from '@/lib/addresses'
import {
  type CodeRefusal,
  closeChallenges,
  issueToUser,
  limitNewAddress,
  openPayload,
  passChallenge,
  redeemChallenge,
  refuseGone,
} from '@/lib/challenges'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import { creditRecoveryReward } from '@/lib/points'
import type { AddressKind } from '@/prisma/client/enums'
import { readWanted, type SlotRefusal } from './change-request'
import { changeSlot, findProof } from './change-slot'
import { lockClaimants } from './claim-email'
import { type AddressSlot, changeOf, isPrimaryEmail } from './slot'

type ChangeRefusal = CodeRefusal | SlotRefusal | 'taken' | 'account_restricted'

/**
 * Passes the challenge that authorises a change. Until it is spent, it permits only this change.
 * Refused as by `passChallenge`.
 */
export function authoriseChange(
  { userId, origin, now }: Caller,
  slot: AddressSlot,
  code: string,
): Promise<Result<undefined, CodeRefusal>> {
  const purpose = changeOf(slot).authorise
  return passChallenge({ ref: { userId }, purpose, code, origin, now }, async () => undefined)
}

/**
 * Sends a code to the new address of an authorised change, also to one that another account holds.
 * Refused: `challenge_gone`, `account_restricted` and `send_throttled` with seconds.
 */
export async function sendCodeToNewAddress(
  caller: Caller,
  slot: AddressSlot,
): Promise<Result<undefined, 'challenge_gone' | 'account_restricted' | 'send_throttled'>> {
  const { userId, now } = caller
  const proof = await findProof(db(), userId, slot, now)
  if (!proof) return refuseGone(changeOf(slot).confirm)
  const { address } = readWanted(openPayload(proof))
  const throttled = await limitNewAddress(changeOf(slot).confirm, address, caller)
  return throttled ?? transaction((tx) => sendToNew(tx, caller, slot))
}

/**
 * Redeems the code that came to the new address, which replaces the old primary. Both challenges
 * are spent, every session ends (the one that is returned replaces the caller's, ASVS 7.2.4), every
 * open challenge closes, and event and notices to the old, the new and every other address commit
 * with it. An account that holds a new e-mail unconfirmed loses it (`takeFromOthers`). Refused as
 * by `redeemChallenge` and by `changeSlot`. `taken`, when another account has confirmed the
 * address, is shown only here, to somebody who reads that address. A refusal leaves the old address
 * in the slot.
 */
export function completePrimaryChange(
  caller: Caller,
  kind: AddressKind,
  code: string,
): Promise<Result<OpenedSession, ChangeRefusal>> {
  return complete(caller, { role: 'primary', kind }, code, (tx) => renewSession(tx, caller))
}

/**
 * Like `completePrimaryChange`, for a recovery address; sessions stay. Returns the points credited,
 * 0 when the account or the address was rewarded before.
 */
export function completeReplacement(
  caller: Caller,
  kind: AddressKind,
  code: string,
): Promise<Result<number, ChangeRefusal>> {
  const { userId, now } = caller
  return complete(caller, { role: 'recovery', kind }, code, (tx, { address }) =>
    creditRecoveryReward(tx, { userId, address, now }),
  )
}

async function sendToNew(
  tx: Tx,
  { userId, locale, now }: Caller,
  slot: AddressSlot,
): Promise<Result<undefined, 'challenge_gone' | 'account_restricted'>> {
  if ((await lockUser(tx, userId)).isFrozen) return refuse('challenge_gone')
  const [restricted, proof] = [
    await refuseRestricted(tx, userId, now),
    await findProof(tx, userId, slot, now),
  ]
  if (restricted || !proof) return restricted ?? refuse('challenge_gone')
  const { address } = readWanted(openPayload(proof))
  const question = {
    purpose: changeOf(slot).confirm,
    userId,
    rateLimitKeys: blindIndexesOf(address),
    recipients: [address],
  } as const
  await issueToUser(tx, { ...question, payload: proof.id, locale, now })
  return done()
}

async function complete<Value>(
  caller: Caller,
  slot: AddressSlot,
  code: string,
  finish: (tx: Tx, added: HeldAddress) => Promise<Value>,
): Promise<Result<Value, ChangeRefusal>> {
  const { userId, origin, now } = caller
  const { confirm, event } = changeOf(slot)
  const lock = isPrimaryEmail(slot) ? { lock: lockClaimants } : {}
  return redeemChallenge(
    { ref: { userId }, purpose: confirm, code, origin, now, ...lock },
    async (tx, challenge) => {
      const changed = await changeSlot(tx, caller, slot, challenge)
      if (!changed.ok) return changed
      const { previous, added, held } = changed.value
      await closeChallenges(tx, { userId }, now)
      const [about, notify] = [added.address, [...held, added]]
      await recordEvent(tx, {
        userId,
        type: event,
        origin,
        now,
        notify,
        about,
        previous: previous?.address,
      })
      return done(await finish(tx, added))
    },
  )
}

/** The version rises, so that a concurrent login by the old address opens no session. */
async function renewSession(tx: Tx, { userId, origin, now }: Caller) {
  const { passwordVersion } = await tx.user.update({
    where: { id: userId },
    data: { passwordVersion: { increment: 1 } },
  })
  await endSessions(tx, userId, now)
  const device = await findDevice(tx, userId, origin)
  return openSession(tx, { userId, passwordVersion, device, origin, now })
}
