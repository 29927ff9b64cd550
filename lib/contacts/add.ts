import { type Caller, refuseRestricted } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import {
  type AnyAddress,
  type Consent,
  confirmAddress,
  fromStored,
  type HeldAddress,
  isSameMailbox,
  listAddresses,
} from '@/lib/addresses'
import { type CodeRefusal, limitNewAddress, limitSends, redeemChallenge } from '@/lib/challenges'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import { creditRecoveryReward } from '@/lib/points'
import type { AddressKind } from '@/prisma/client/enums'
import { CONSENT_VERSION, consentOf } from './consent'
import { refuseRecycled, sendCodeTo, sendCodeToPhone } from './send-code'
import { recoveryOf } from './slot'

/** Why an address cannot become a recovery address of this account. */
export type RecoveryAddressRefusal = 'same_as_primary' | 'already_held'

type RequestRefusal =
  | RecoveryAddressRefusal
  | 'account_restricted'
  | 'challenge_gone'
  | 'number_recycled'

/**
 * Sends a code to the primary phone, which authorises this recovery address. Nothing is stored but
 * the challenge, which holds the address encrypted. Refused: `same_as_primary` in any notation,
 * `already_held`, `account_restricted` and `send_throttled` with seconds, `challenge_gone` when the
 * account was frozen meanwhile, `number_recycled` when somebody else has the primary phone.
 */
export async function requestRecoveryAddress(
  caller: Caller,
  address: AnyAddress,
): Promise<Result<undefined, RequestRefusal | 'send_throttled'>> {
  const { userId, now } = caller
  const held = await listAddresses(db(), userId)
  const refusal =
    (await refuseRestricted(db(), userId, now)) ??
    refuseAddress(held, address) ??
    refuseRecycled(held) ??
    (await limitSends('authorise_recovery', { userId }))
  return refusal ?? transaction((tx) => askForAuthorisation(tx, caller, address))
}

/** The consent in the payload of `authorise_recovery`. */
export function requestedConsent(payload: string, now: Date): Consent | null {
  const [, , version]: [string, string, string?] = JSON.parse(payload)
  return consentOf(version, now)
}

/** The requested address in the payload of `authorise_recovery`. */
export function requestedAddress(payload: string): AnyAddress {
  const [kind, value]: ['email' | 'phone', string] = JSON.parse(payload)
  return fromStored(kind, value)
}

/**
 * Sends a new code to an unconfirmed recovery address. Refused: `nothing_to_confirm`,
 * `account_restricted` and `send_throttled` with seconds.
 */
export async function requestConfirmation(
  caller: Caller,
  kind: AddressKind,
): Promise<Result<undefined, 'nothing_to_confirm' | 'account_restricted' | 'send_throttled'>> {
  const restricted = await refuseRestricted(db(), caller.userId, caller.now)
  if (restricted) return restricted
  const waiting = await findUnconfirmed(db(), caller.userId, kind)
  if (!waiting) return refuse('nothing_to_confirm')
  const throttled = await limitNewAddress('confirm_recovery', waiting.address, caller)
  return throttled ?? transaction((tx) => askForConfirmation(tx, caller, waiting))
}

/**
 * Redeems the code that went to the new address: from now on it receives codes of a reset. Reward,
 * event and notifications commit with it. Returns the points credited, 0 when the account or the
 * address was rewarded before. Refused as by `redeemChallenge`; `nothing_to_confirm`;
 * `account_restricted`.
 */
export async function confirmRecoveryAddress(
  { userId, origin, now }: Caller,
  code: string,
): Promise<Result<number, CodeRefusal | 'nothing_to_confirm' | 'account_restricted'>> {
  return redeemChallenge(
    { ref: { userId }, purpose: 'confirm_recovery', code, origin, now },
    async (tx, challenge) => {
      // A new recovery address could lift the restriction itself.
      const restricted = await refuseRestricted(tx, userId, now)
      if (restricted) return restricted
      const held = await listAddresses(tx, userId)
      const waiting = held.find(({ id }) => id === challenge.addressId)
      if (!waiting || !(await confirmAddress(tx, waiting.id, now)))
        return refuse('nothing_to_confirm')
      const about = waiting.address
      const notify = [
        ...held.filter((address) => address !== waiting),
        { ...waiting, confirmedAt: now, isUsable: true },
      ]
      await recordEvent(tx, { userId, type: 'recovery_confirmed', origin, now, notify, about })
      return done(await creditRecoveryReward(tx, { userId, address: about, now }))
    },
  )
}

function refuseAddress(
  held: readonly HeldAddress[],
  address: AnyAddress,
): Refused<RecoveryAddressRefusal> | undefined {
  const equal = held.find((other) => isSameMailbox(other.address, address))
  if (equal?.role === 'primary') return refuse('same_as_primary')
  return recoveryOf(held, address.kind)?.confirmedAt ? refuse('already_held') : undefined
}

async function askForAuthorisation(
  tx: Tx,
  caller: Caller,
  address: AnyAddress,
): Promise<Result<undefined, RequestRefusal>> {
  const { userId, now } = caller
  if ((await lockUser(tx, userId)).isFrozen) return refuse('challenge_gone')
  const held = await listAddresses(tx, userId)
  const refusal = (await refuseRestricted(tx, userId, now)) ?? refuseAddress(held, address)
  if (refusal) return refusal
  const payload = JSON.stringify([address.kind, address.value, CONSENT_VERSION])
  return sendCodeToPhone(tx, caller, 'authorise_recovery', held, { payload })
}

/** An address that was removed or replaced meanwhile gets no code. */
async function askForConfirmation(
  tx: Tx,
  caller: Caller,
  { id, address }: HeldAddress,
): Promise<Result<undefined, 'nothing_to_confirm' | 'account_restricted'>> {
  const { userId, now } = caller
  const { isFrozen } = await lockUser(tx, userId)
  const restricted = await refuseRestricted(tx, userId, now)
  if (restricted) return restricted
  const waiting = await findUnconfirmed(tx, userId, address.kind)
  if (isFrozen || waiting?.id !== id) return refuse('nothing_to_confirm')
  await sendCodeTo(tx, caller, 'confirm_recovery', waiting)
  return done()
}

/** The unconfirmed recovery address of this kind; undefined when it is confirmed or not there. */
export async function findUnconfirmed(tx: Tx, userId: string, kind: AddressKind) {
  const held = recoveryOf(await listAddresses(tx, userId), kind)
  return held?.confirmedAt ? undefined : held
}
