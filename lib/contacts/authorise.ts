import { type Caller, refuseRestricted } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import {
  type AnyAddress,
  addAddress,
  type Consent,
  type HeldAddress,
  listAddresses,
  removeAddress,
} from '@/lib/addresses'
import {
  type CodeRefusal,
  closeChallenges,
  limitNewAddress,
  openPayload,
  redeemChallenge,
} from '@/lib/challenges'
import type { Tx } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { AddressKind } from '@/prisma/client/enums'
import {
  findUnconfirmed,
  type RecoveryAddressRefusal,
  requestedAddress,
  requestedConsent,
} from './add'
import { sendCodeTo } from './send-code'

/**
 * Redeems the code from the primary phone: saves the address unconfirmed, replaces an unconfirmed
 * one of the same kind, and sends a code to the new address. Event and notifications commit with
 * it. The code counts at the new address: after too many, whoever asked for them, the address is
 * saved and gets no code, which the customer asks for with `requestConfirmation`. Returns the kind of
 * the address. Refused as by `redeemChallenge`, and as by `requestRecoveryAddress`.
 */
export async function authoriseRecoveryAddress(
  caller: Caller,
  code: string,
): Promise<Result<AddressKind, CodeRefusal | RecoveryAddressRefusal | 'account_restricted'>> {
  const { userId, origin, now } = caller
  let isThrottled = true
  return redeemChallenge(
    {
      ref: { userId },
      purpose: 'authorise_recovery',
      code,
      origin,
      now,
      async beforePassing(challenge) {
        const address = requestedAddress(openPayload(challenge))
        isThrottled = (await limitNewAddress('confirm_recovery', address, caller)) !== undefined
      },
    },
    async (tx, challenge) => {
      const address = requestedAddress(openPayload(challenge))
      const restricted = await refuseRestricted(tx, userId, now)
      const consent = requestedConsent(openPayload(challenge), now)
      return restricted ?? saveUnconfirmed(tx, caller, { address, consent }, isThrottled)
    },
  )
}

async function saveUnconfirmed(
  tx: Tx,
  caller: Caller,
  { address, consent }: { address: AnyAddress; consent: Consent | null },
  isThrottled: boolean,
): Promise<Result<AddressKind, RecoveryAddressRefusal>> {
  const { userId, origin, now } = caller
  const replaced = await findUnconfirmed(tx, userId, address.kind)
  if (replaced) await closeAddress(tx, replaced, now)
  const notify = await listAddresses(tx, userId)
  const added = await addAddress(tx, {
    userId,
    role: 'recovery',
    address,
    confirmedAt: null,
    consent,
    origin,
    now,
  })
  if (!added.ok) return added.refusal === 'taken' ? refuse('already_held') : refuse(added.refusal)
  await recordEvent(tx, { userId, type: 'recovery_added', origin, now, notify, about: address })
  if (!isThrottled) await sendCodeTo(tx, caller, 'confirm_recovery', added.value)
  return done(address.kind)
}

async function closeAddress(tx: Tx, { id, userId }: HeldAddress, now: Date) {
  await removeAddress(tx, id, now)
  await closeChallenges(tx, { userId, addressId: id }, now)
}
