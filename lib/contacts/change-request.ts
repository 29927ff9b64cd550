import type { Caller } from '@/lib/accounts'
import { refuseRestricted, refuseWrongPassword } from '@/lib/accounts'
import {
  type AnyAddress,
  blindIndexesOf,
  fromStored,
  type HeldAddress,
  isProof,
  isSameMailbox,
  listAddresses,
  primaryPhoneOf,
} from '@/lib/addresses'
import { issueToUser, limitSends } from '@/lib/challenges'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import type { AddressKind } from '@/prisma/client/enums'
import { CONSENT_VERSION } from './consent'
import { type AddressSlot, changeOf, holderOf, isPrimaryEmail } from './slot'

/**
 * Where the code goes that verifies the customer: to the primary phone, or, when that is lost, to
 * the confirmed recovery addresses.
 */
export type VerificationMethod = 'primary_phone' | 'recovery'

type Wanted = {
  address: AnyAddress
  proof: VerificationMethod
  /** Of the text that the form of a recovery address shows. */
  consentVersion?: string | undefined
}

/** Why an address cannot be put into this slot of this account. */
export type SlotRefusal = 'same_as_current' | 'same_as_primary' | 'own_recovery' | 'challenge_gone'

type RequestRefusal =
  | SlotRefusal
  | 'no_recovery'
  | 'number_recycled'
  | 'account_restricted'
  | 'send_throttled'

/**
 * Checks the current password and sends a code to the primary phone or to the recovery addresses,
 * which authorises the change of a primary address (ASVS 7.5.1). Only the challenge is stored, with
 * the new address encrypted; whether another account has that address is not checked here. Refused:
 * `password_wrong`, `password_throttled` with seconds, the reasons of a slot, `no_recovery`,
 * `number_recycled` when somebody else has the primary phone that should get the code,
 * `account_restricted` and `send_throttled` with seconds.
 */
export async function requestPrimaryChange(
  caller: Caller,
  wanted: Wanted & { password: string },
): Promise<Result<undefined, RequestRefusal | 'password_wrong' | 'password_throttled'>> {
  const { userId, origin, now } = caller
  const restricted = await refuseRestricted(db(), userId, now)
  if (restricted) return restricted
  const user = await db().user.findUniqueOrThrow({ where: { id: userId } })
  const refusal = await refuseWrongPassword(user, wanted.password, origin, now)
  if (refusal) return refusal
  return requestAuthorisation(
    caller,
    { role: 'primary', kind: wanted.address.kind },
    wanted,
    user.passwordVersion,
  )
}

/**
 * Sends the code that authorises the replacement of a recovery address. The old one stays until the
 * new one is confirmed.
 * Refused as by `requestPrimaryChange`, without the password.
 */
export async function requestReplacement(
  caller: Caller,
  wanted: Wanted,
): Promise<Result<undefined, RequestRefusal>> {
  const refusal = await refuseRestricted(db(), caller.userId, caller.now)
  return (
    refusal ??
    requestAuthorisation(
      caller,
      { role: 'recovery', kind: wanted.address.kind },
      { ...wanted, consentVersion: CONSENT_VERSION },
    )
  )
}

/**
 * The recipients of the code; none when the primary phone is recycled. A recovery address that is to
 * be replaced cannot authorise its own replacement.
 */
export function recipientsOf(
  held: readonly HeldAddress[],
  slot: AddressSlot,
  proof: VerificationMethod,
): AnyAddress[] {
  const replaced = slot.role === 'recovery' ? holderOf(held, slot) : undefined
  const proofs =
    proof === 'primary_phone'
      ? [primaryPhoneOf(held)]
      : held.filter((one) => one.role === 'recovery' && one !== replaced)
  return proofs.filter(isProof).map(({ address }) => address)
}

/**
 * The payload of the challenge: the new address and the chosen method. Another method makes another
 * challenge.
 */
const writeWanted = ({ address, proof, consentVersion }: Wanted) =>
  JSON.stringify([address.kind, address.value, proof, ...(consentVersion ? [consentVersion] : [])])

export function readWanted(payload: string): Wanted {
  const [kind, value, proof, consentVersion]: [AddressKind, string, VerificationMethod, string?] =
    JSON.parse(payload)
  return {
    address: kind === 'email' ? fromStored('email', value) : fromStored('phone', value),
    proof,
    consentVersion,
  }
}

async function requestAuthorisation(
  caller: Caller,
  slot: AddressSlot,
  wanted: Wanted,
  seenVersion?: number,
) {
  const { userId } = caller
  const held = await listAddresses(db(), userId)
  const refusal =
    refuseWanted(held, slot, wanted) ?? (await limitSends(changeOf(slot).authorise, { userId }))
  return refusal ?? transaction((tx) => askForProof(tx, caller, slot, wanted, seenVersion))
}

function refuseWanted(
  held: readonly HeldAddress[],
  slot: AddressSlot,
  { address, proof }: Wanted,
): Refused<SlotRefusal | 'no_recovery' | 'number_recycled'> | undefined {
  const current = holderOf(held, slot)
  if (!current && !isPrimaryEmail(slot)) return refuse('challenge_gone')
  const same = held.find((one) => isSameMailbox(one.address, address))
  if (same && same === current) return refuse('same_as_current')
  if (same) return refuse(same.role === 'primary' ? 'same_as_primary' : 'own_recovery')
  return recipientsOf(held, slot, proof).length === 0 ? refuseProof(proof) : undefined
}

/** The reason why a code has no recipient. */
export const refuseProof = (proof: VerificationMethod) =>
  refuse(proof === 'primary_phone' ? 'number_recycled' : 'no_recovery')

/**
 * Checks again under the lock: addresses, restriction, and whether the password is still the one
 * that was checked.
 */
async function askForProof(
  tx: Tx,
  { userId, locale, now }: Caller,
  slot: AddressSlot,
  wanted: Wanted,
  seenVersion: number | undefined,
): Promise<Result<undefined, RequestRefusal>> {
  if ((await lockUser(tx, userId)).isFrozen) return refuse('challenge_gone')
  const { passwordVersion } = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  if (seenVersion !== undefined && seenVersion !== passwordVersion) return refuse('challenge_gone')
  const held = await listAddresses(tx, userId)
  const refusal = (await refuseRestricted(tx, userId, now)) ?? refuseWanted(held, slot, wanted)
  if (refusal) return refusal
  const recipients = recipientsOf(held, slot, wanted.proof)
  const [first] = recipients
  const current = holderOf(held, slot)
  if (!first) return refuse('challenge_gone')
  const question = {
    purpose: changeOf(slot).authorise,
    userId,
    rateLimitKeys: blindIndexesOf(first),
    recipients,
  } as const
  await issueToUser(tx, {
    ...question,
    payload: writeWanted(wanted),
    ...(current && { addressId: current.id }),
    locale,
    now,
  })
  return done()
}
