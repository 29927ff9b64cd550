import { type Caller, refuseRestricted, refuseWrongPassword } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { blindIndexesOf, type HeldAddress, listAddresses } from '@/lib/addresses'
import {
  type ChallengeView,
  type CodeRefusal,
  issueToUser,
  limitSends,
  redeemChallenge,
  viewChallenge,
} from '@/lib/challenges'
import { recipientsOf, refuseProof, type VerificationMethod } from '@/lib/contacts'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'

/** From the right code to the erasure: as long as the links of notifications freeze. */
const CHANGE_OF_MIND_MS = 7 * 24 * 60 * 60 * 1_000

const USERS_AT_ONCE = 100

/** The slot that every account has; a code to the phone or the recovery addresses is as good. */
const SLOT = { role: 'primary', kind: 'phone' } as const

export type ErasureRequest = { password: string; proof: VerificationMethod }

type RequestRefusal =
  | 'account_restricted'
  | 'challenge_gone'
  | 'no_recovery'
  | 'number_recycled'
  | 'erasure_pending'

/**
 * Checks the password and sends a code to the primary phone or to the recovery addresses, which
 * authorises the erasure of the account. Refused: `password_wrong`, `password_throttled` and
 * `send_throttled` with seconds, `account_restricted`, `erasure_pending`, `no_recovery`,
 * `number_recycled`, `challenge_gone` when the account was frozen or the password replaced meanwhile.
 */
export async function requestErasure(
  caller: Caller,
  { password, proof }: ErasureRequest,
): Promise<
  Result<undefined, RequestRefusal | 'password_wrong' | 'password_throttled' | 'send_throttled'>
> {
  const { userId, origin, now } = caller
  const restricted = await refuseRestricted(db(), userId, now)
  if (restricted) return restricted
  const user = await db().user.findUniqueOrThrow({ where: { id: userId } })
  const refusal =
    (await refuseWrongPassword(user, password, origin, now)) ??
    refuseWithoutRecipient(await listAddresses(db(), userId), proof) ??
    (await limitSends('erase_account', { userId }))
  return refusal ?? transaction((tx) => ask(tx, caller, proof, user.passwordVersion))
}

const refuseWithoutRecipient = (held: readonly HeldAddress[], proof: VerificationMethod) =>
  recipientsOf(held, SLOT, proof).length === 0 ? refuseProof(proof) : undefined

async function ask(
  tx: Tx,
  { userId, locale, now }: Caller,
  proof: VerificationMethod,
  seenVersion: number,
): Promise<Result<undefined, RequestRefusal>> {
  if ((await lockUser(tx, userId)).isFrozen) return refuse('challenge_gone')
  const user = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  if (user.passwordVersion !== seenVersion) return refuse('challenge_gone')
  const restricted = await refuseRestricted(tx, userId, now)
  if (restricted) return restricted
  if (user.eraseAt) return refuse('erasure_pending')
  const recipients = recipientsOf(await listAddresses(tx, userId), SLOT, proof)
  const [first] = recipients
  if (!first) return refuseProof(proof)
  const question = { userId, rateLimitKeys: blindIndexesOf(first), recipients, payload: proof }
  await issueToUser(tx, { ...question, purpose: 'erase_account', locale, now })
  return done()
}

/**
 * Redeems the code: the account is erased in seven days, unless its owner cancels that or anybody
 * freezes the account. Event and notifications commit with it. Returns when. Refused as by
 * `redeemChallenge`, `account_restricted`, `erasure_pending`.
 */
export function confirmErasure(
  { userId, origin, now }: Caller,
  code: string,
): Promise<Result<Date, CodeRefusal | 'account_restricted' | 'erasure_pending'>> {
  return redeemChallenge(
    { ref: { userId }, purpose: 'erase_account', code, origin, now },
    async (tx) => {
      const restricted = await refuseRestricted(tx, userId, now)
      if (restricted) return restricted
      const eraseAt = new Date(now.getTime() + CHANGE_OF_MIND_MS)
      const where = { id: userId, eraseAt: null, erasedAt: null }
      const { count } = await tx.user.updateMany({ where, data: { eraseAt } })
      if (count === 0) return refuse('erasure_pending')
      const notify = await listAddresses(tx, userId)
      const event = { userId, type: 'erasure_requested', due: eraseAt } as const
      await recordEvent(tx, { ...event, origin, now, notify })
      return done(eraseAt)
    },
  )
}

/**
 * Cancels a requested erasure. Event and notifications commit with it. Does nothing without a
 * request.
 */
export async function cancelErasure({ userId, origin, now }: Caller): Promise<void> {
  await transaction(async (tx) => {
    await lockUser(tx, userId)
    const where = { id: userId, eraseAt: { not: null } }
    const { count } = await tx.user.updateMany({ where, data: { eraseAt: null } })
    if (count === 0) return
    const notify = await listAddresses(tx, userId)
    await recordEvent(tx, { userId, type: 'erasure_cancelled', origin, now, notify })
  })
}

/**
 * Gives the requested erasures of a restored backup seven more days from a time, and tells every
 * address as at the request: some may have been cancelled after the backup. Each account is a
 * transaction; one that has the days already is left. Returns how many.
 */
export async function postponeErasures(from: Date): Promise<number> {
  const eraseAt = new Date(from.getTime() + CHANGE_OF_MIND_MS)
  const where = { eraseAt: { lt: eraseAt }, erasedAt: null }
  let postponed = 0
  for (;;) {
    const users = await db().user.findMany({ where, take: USERS_AT_ONCE, select: { id: true } })
    for (const { id } of users) if (await postpone(id, eraseAt, from)) postponed++
    if (users.length < USERS_AT_ONCE) return postponed
  }
}

function postpone(userId: string, eraseAt: Date, now: Date): Promise<boolean> {
  return transaction(async (tx) => {
    await lockUser(tx, userId)
    const where = { id: userId, eraseAt: { lt: eraseAt }, erasedAt: null }
    const { count } = await tx.user.updateMany({ where, data: { eraseAt } })
    if (count === 0) return false
    const notify = await listAddresses(tx, userId)
    const origin = { ip: 'operator', userAgent: '' }
    await recordEvent(tx, { userId, type: 'erasure_requested', origin, now, notify, due: eraseAt })
    return true
  })
}

/** When a user's account will be erased; null when that was not requested. */
export async function findErasure(userId: string): Promise<Date | null> {
  const where = { id: userId }
  return (await db().user.findUniqueOrThrow({ where, select: { eraseAt: true } })).eraseAt
}

/** The open challenge that authorises the erasure, for its code screen; null without one. */
export const findErasureCode = (userId: string, now: Date): Promise<ChallengeView | null> =>
  viewChallenge({ userId }, 'erase_account', now)
