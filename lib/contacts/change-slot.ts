import type { Caller } from '@/lib/accounts'
import { refuseRestricted } from '@/lib/accounts'
import {
  type AnyAddress,
  addAddress,
  type HeldAddress,
  listAddresses,
  removeAddress,
} from '@/lib/addresses'
import { findChallenge, openPayload, spendPassed } from '@/lib/challenges'
import { type Tx, withSavepoint } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { ChallengeModel } from '@/prisma/client/models'
import { readWanted, type SlotRefusal } from './change-request'
import { type AddressSlot, changeOf } from './slot'

type Changed = { previous: HeldAddress; added: HeldAddress; held: HeldAddress[] }

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
 * has redeemed the challenge to the new address. Refused: `challenge_gone`, `taken` when another
 * account holds the address, the reasons of a slot, and `account_restricted`; the old address is
 * then still in its place.
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
  const previous = held.find(({ id }) => id === proof.addressId)
  if (!previous) return refuse('challenge_gone')
  const { address } = readWanted(openPayload(proof))
  const added = await swap(tx, caller, previous, address)
  return added.ok ? done({ previous, added: added.value, held }) : added
}

/**
 * A slot holds one address, so the old one is removed first. If an index refuses the new one, the
 * savepoint restores the old one.
 */
function swap(
  tx: Tx,
  { origin, now }: Caller,
  { id, userId, role }: HeldAddress,
  address: AnyAddress,
): Promise<Result<HeldAddress, SlotRefusal | 'taken'>> {
  return withSavepoint(tx, async () => {
    await removeAddress(tx, id, now)
    const added = await addAddress(tx, { userId, role, address, confirmedAt: now, origin, now })
    if (added.ok) return added
    return refuse(added.refusal === 'already_held' ? 'own_recovery' : added.refusal)
  })
}
