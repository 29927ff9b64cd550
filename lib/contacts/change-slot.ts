import type { Caller } from '@/lib/accounts'
import { refuseRestricted } from '@/lib/accounts'
import {
  type AnyAddress,
  addAddress,
  type Consent,
  type HeldAddress,
  listAddresses,
  removeAddress,
} from '@/lib/addresses'
import { findChallenge, openPayload, spendPassed } from '@/lib/challenges'
import { type Tx, withSavepoint } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { AddressRole } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import { readWanted, type SlotRefusal } from './change-request'
import { takeFromOthers } from './claim-email'
import { consentOf } from './consent'
import { type AddressSlot, changeOf, holderOf, isPrimaryEmail } from './slot'

type Wanted = { role: AddressRole; address: AnyAddress; consent?: Consent | null }

type Changed = { previous: HeldAddress | undefined; added: HeldAddress; held: HeldAddress[] }

/** The passed challenge that authorises the change of a slot. */
export async function findProof(
  tx: Tx,
  userId: string,
  slot: AddressSlot,
  now: Date,
): Promise<ChallengeModel | undefined> {
  const challenge = await findChallenge({ userId }, changeOf(slot).authorise, now, tx)
  const isPassed =
    challenge?.passedAt && readWanted(openPayload(challenge)).address.kind === slot.kind
  return isPassed ? challenge : undefined
}

/**
 * Spends the challenge that authorised the change and replaces the address of the slot. The caller
 * has redeemed the challenge to the new address, and, for a primary e-mail, called `lockClaimants`:
 * every other account that holds it unconfirmed loses it. Refused: `challenge_gone`, `taken` when
 * another account has confirmed the address, the reasons of a slot, and `account_restricted`; the
 * old address is then still in its place.
 */
export async function changeSlot(
  tx: Tx,
  caller: Caller,
  slot: AddressSlot,
  challenge: ChallengeModel,
): Promise<Result<Changed, SlotRefusal | 'taken' | 'account_restricted'>> {
  const { userId, now } = caller
  const restricted = await refuseRestricted(tx, userId, now)
  if (restricted) return restricted
  const proof = await findProof(tx, userId, slot, now)
  if (proof?.id !== openPayload(challenge)) return refuse('challenge_gone')
  const spent = await spendPassed(tx, [proof.id], now)
  if (!spent.ok) return spent
  const held = await listAddresses(tx, userId)
  const previous = holderOf(held, slot)
  // A primary e-mail may have been lost to its proven owner since; nothing else leaves a slot
  // empty.
  if (previous ? previous.id !== proof.addressId : !isPrimaryEmail(slot))
    return refuse('challenge_gone')
  const { address, consentVersion } = readWanted(openPayload(proof))
  const consent = consentOf(consentVersion, now)
  const added = await swap(tx, caller, previous, { role: slot.role, address, consent })
  return added.ok ? done({ previous, added: added.value, held }) : added
}

/**
 * Puts a confirmed address into a slot. It holds one address, so the old one is removed first. If
 * an index refuses the new one, the savepoint restores the old one, and nobody loses an e-mail.
 */
export function swap(
  tx: Tx,
  { userId, origin, now }: Pick<Caller, 'userId' | 'origin' | 'now'>,
  previous: HeldAddress | undefined,
  { role, address, consent = null }: Wanted,
): Promise<Result<HeldAddress, SlotRefusal | 'taken'>> {
  return withSavepoint(tx, async () => {
    if (previous) await removeAddress(tx, previous.id, now)
    if (isPrimaryEmail({ role, kind: address.kind })) await takeFromOthers(tx, userId, address, now)
    const added = await addAddress(tx, {
      userId,
      role,
      address,
      confirmedAt: now,
      consent,
      origin,
      now,
    })
    if (added.ok) return added
    return refuse(added.refusal === 'already_held' ? 'own_recovery' : added.refusal)
  })
}
