import { replacePassword } from '@/lib/accounts'
import { listAddresses } from '@/lib/addresses'
import { openRecipients } from '@/lib/challenges'
import type { Tx } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { findLiveCode } from '@/lib/saved-codes'
import type { HeldPasswordEnd } from '@/prisma/client/enums'
import type { UserModel } from '@/prisma/client/models'
import { endOne, type Held, isStillProven } from './held-password'
import { cancelErasure } from './reset-erasure'
import { readPayload } from './reset-payload'
import { settleSavedCode } from './saved-code-use'

type Effect = { provenBy: ReturnType<typeof openRecipients>; origin: Origin; now: Date }

/**
 * Replaces the present password by a held one in the caller's transaction, with all that a reset does.
 * `provenBy`: the addresses whose code ended the wait. Returns false when the password was ended before,
 * or ends now without an effect. The caller holds the lock of the user.
 */
export async function takeEffect(
  tx: Tx,
  held: Held,
  { provenBy, origin, now }: Effect,
): Promise<boolean> {
  const { id, userId, passwordHash, challenge } = held
  const user = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  const end = (await findObstacle(tx, held, user)) ?? 'released'
  if (passwordHash === null || !(await endOne(tx, id, end, now)) || end !== 'released') return false
  const savedCode = await findLiveCode(tx, userId)
  const event = { userId, type: 'password_released', origin, now } as const
  const path = readPayload(challenge).choice ?? 'primary_phone'
  const proofs = [...openRecipients(challenge), ...provenBy]
  await replacePassword(tx, { ...event, passwordHash, path, provenBy: proofs })
  if (user.eraseAt) await cancelErasure(tx, { userId, origin, now })
  if (savedCode) await settleSavedCode(tx, { userId, origin, now }, undefined)
  return true
}

/**
 * Why a held password that is still open must not take effect: the version of the product before, which
 * does not know held passwords, froze the account or set another password; or the number that received
 * the code was replaced, removed or recycled.
 */
async function findObstacle(
  tx: Tx,
  { userId, passwordVersion, challenge }: Held,
  user: UserModel,
): Promise<HeldPasswordEnd | undefined> {
  if (user.frozenAt) return 'frozen'
  if (user.passwordVersion !== passwordVersion) return 'replaced'
  return isStillProven(challenge, await listAddresses(tx, userId)) ? undefined : 'disproven'
}
