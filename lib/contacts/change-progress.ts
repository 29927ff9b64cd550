import type { Caller } from '@/lib/accounts'
import { formatAddress, type HeldAddress, listAddresses, maskAddress } from '@/lib/addresses'
import { type ChallengeView, findChallenge, openPayload, viewChallenge } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import { readWanted, recipientsOf, type VerificationMethod } from './change-request'
import { type AddressSlot, changeOf, holderOf } from './slot'

/**
 * What the first screen of a change offers: the present address and the addresses that can
 * authorise the change, masked.
 */
export type ChangeOffer = {
  current: string
  isConfirmed: boolean
  phone: string
  recoveries: string[]
}

/**
 * The step of a change: `authorise` waits for the code that verifies the customer, `review` shows
 * what will change, `confirm` waits for the code to the new address. The new address is shown
 * whole, the old one masked.
 */
export type ChangeProgress = { previous: string; address: string; proof: VerificationMethod } & (
  | { step: 'authorise' | 'confirm'; view: ChallengeView }
  | { step: 'review' }
)

/** Reads what the first screen of a change offers; null when the slot is empty. */
export async function readChangeOffer(
  userId: string,
  slot: AddressSlot,
): Promise<ChangeOffer | null> {
  const held = await listAddresses(db(), userId)
  const current = holderOf(held, slot)
  if (!current) return null
  const masksOf = (proof: VerificationMethod) => recipientsOf(held, slot, proof).map(maskAddress)
  const [phone = ''] = masksOf('primary_phone')
  const isConfirmed = current.confirmedAt !== null
  return {
    current: maskAddress(current.address),
    isConfirmed,
    phone,
    recoveries: masksOf('recovery'),
  }
}

/** Finds the step of a change that was begun, on whatever device; null when none is under way. */
export async function findChange(
  { userId, now }: Pick<Caller, 'userId' | 'now'>,
  slot: AddressSlot,
): Promise<ChangeProgress | null> {
  const { authorise } = changeOf(slot)
  const [challenge, view, held] = await Promise.all([
    findChallenge({ userId }, authorise, now),
    viewChallenge({ userId }, authorise, now),
    listAddresses(db(), userId),
  ])
  const previous = held.find(({ id }) => id === challenge?.addressId)
  if (!challenge || !view || !previous || previous.address.kind !== slot.kind) return null
  const about = describe(previous, openPayload(challenge))
  if (!challenge.passedAt) return { ...about, step: 'authorise', view }
  const asked = await findAsked(userId, slot, challenge.id, now)
  return asked ? { ...about, step: 'confirm', view: asked } : { ...about, step: 'review' }
}

function describe({ address: previous }: HeldAddress, payload: string) {
  const { address, proof } = readWanted(payload)
  return { previous: maskAddress(previous), address: formatAddress(address), proof }
}

/**
 * The challenge to the new address that belongs to this authorisation. One of an earlier
 * authorisation does not count.
 */
async function findAsked(userId: string, slot: AddressSlot, proofId: string, now: Date) {
  const { confirm } = changeOf(slot)
  const challenge = await findChallenge({ userId }, confirm, now)
  return challenge && openPayload(challenge) === proofId
    ? viewChallenge({ userId }, confirm, now)
    : null
}
