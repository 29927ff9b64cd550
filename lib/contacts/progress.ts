import { formatAddress, type HeldAddress, listAddresses, maskAddress } from '@/lib/addresses'
import { type ChallengeView, findChallenge, openPayload, viewChallenge } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import type { Sql } from '@/lib/platform/statement'
import type { AddressKind, Purpose } from '@/prisma/client/enums'
import { requestedAddress } from './add'
import { recoveryOf } from './slot'

/**
 * An open challenge of the wizard: the kind and the shown form of its address, and what its code
 * screen needs.
 */
export type OpenStep = { kind: AddressKind; address: string; view: ChallengeView }

/**
 * The requested recovery address that waits for the code from the primary phone, in full; null when
 * there is none. The wizard continues from here on any device.
 */
export async function findRequested(userId: string, now: Date): Promise<OpenStep | null> {
  const [challenge, view] = await openChallenge(userId, 'authorise_recovery', now)
  if (!challenge || !view) return null
  const address = requestedAddress(openPayload(challenge))
  return { kind: address.kind, address: formatAddress(address), view }
}

/**
 * The mask of the requested recovery address that waits for the code from the primary phone; null
 * when there is none.
 */
export async function findRequestedMask(
  userId: string,
  now: Date,
  sql: Sql,
): Promise<string | null> {
  const challenge = await findChallenge({ userId }, 'authorise_recovery', now, sql)
  return challenge && maskAddress(requestedAddress(openPayload(challenge)))
}

/**
 * The open challenge that confirms or removes the recovery address of this kind, its address
 * masked; null when there is none.
 */
export async function findOpenStep(
  userId: string,
  purpose: 'confirm_recovery' | 'remove_recovery',
  kind: AddressKind,
  now: Date,
): Promise<OpenStep | null> {
  const [challenge, view] = await openChallenge(userId, purpose, now)
  const held = await findRecovery(userId, kind)
  return view && held && held.id === challenge?.addressId
    ? { kind, address: maskAddress(held.address), view }
    : null
}

/** The recovery address of this kind, confirmed or not; undefined when there is none. */
export async function findRecovery(
  userId: string,
  kind: AddressKind,
): Promise<HeldAddress | undefined> {
  return recoveryOf(await listAddresses(db(), userId), kind)
}

function openChallenge(userId: string, purpose: Purpose, now: Date) {
  return Promise.all([
    findChallenge({ userId }, purpose, now),
    viewChallenge({ userId }, purpose, now),
  ])
}
