import type { Caller } from '@/lib/accounts'
import { formatAddress, type HeldAddress, listAddresses, maskAddress } from '@/lib/addresses'
import { type ChallengeView, findChallenge, openPayload, viewChallenge } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import type { ChallengeModel } from '@/prisma/client/models'
import { readWanted, recipientsOf, type VerificationMethod } from './change-request'
import { type AddressSlot, changeOf, holderOf, isPrimaryEmail } from './slot'

/**
 * What the first screen of a change offers: the present address, undefined when an account has no
 * primary e-mail, and the addresses that can authorise the change, masked.
 */
export type ChangeOffer = {
  current: string | undefined
  isConfirmed: boolean
  /** Undefined when somebody else has the primary phone. */
  phone: string | undefined
  recoveries: string[]
}

/**
 * The step of a change: `authorise` waits for the code that verifies the customer, `review` shows
 * what will change, `confirm` waits for the code to the new address. The new address is shown
 * whole, the old one masked; it is undefined when the account has no primary e-mail.
 */
export type ChangeProgress = {
  previous: string | undefined
  address: string
  proof: VerificationMethod
} & ({ step: 'authorise' | 'confirm'; view: ChallengeView } | { step: 'review' })

/** Reads what the first screen of a change offers; null when the slot is empty. */
export async function readChangeOffer(
  userId: string,
  slot: AddressSlot,
): Promise<ChangeOffer | null> {
  const held = await listAddresses(db(), userId)
  const current = holderOf(held, slot)
  if (!current && !isPrimaryEmail(slot)) return null
  const masksOf = (proof: VerificationMethod) => recipientsOf(held, slot, proof).map(maskAddress)
  const [phone] = masksOf('primary_phone')
  const isConfirmed = !current || current.confirmedAt !== null
  return {
    current: current && maskAddress(current.address),
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
  const previous = holderOf(held, slot)
  if (!challenge || !view || !concerns(challenge, slot, previous)) return null
  const about = describe(previous, openPayload(challenge))
  if (!challenge.passedAt) return { ...about, step: 'authorise', view }
  const asked = await findAsked(userId, slot, challenge.id, now)
  return asked ? { ...about, step: 'confirm', view: asked } : { ...about, step: 'review' }
}

/** Whether the challenge is about what the slot holds now; a primary e-mail may be lost since. */
function concerns(
  challenge: ChallengeModel,
  slot: AddressSlot,
  previous: HeldAddress | undefined,
): boolean {
  if (readWanted(openPayload(challenge)).address.kind !== slot.kind) return false
  return previous ? previous.id === challenge.addressId : isPrimaryEmail(slot)
}

function describe(previous: HeldAddress | undefined, payload: string) {
  const { address, proof } = readWanted(payload)
  return {
    previous: previous && maskAddress(previous.address),
    address: formatAddress(address),
    proof,
  }
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
