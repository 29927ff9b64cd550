import { type Caller, refuseRestricted, refuseWrongPassword } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { blindIndexesOf, listAddresses, primaryPhoneOf } from '@/lib/addresses'
import {
  type ChallengeView,
  type CodeRefusal,
  closeOfSavedCode,
  issueToUser,
  limitSends,
  redeemChallenge,
  viewChallenge,
} from '@/lib/challenges'
import { refuseRecycled } from '@/lib/contacts'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import { onPool } from '@/lib/platform/sql'
import type { AnyTx } from '@/lib/platform/statement'
import { addCode, endLiveCode, findNewestCode, type MadeCode } from '@/lib/saved-codes'

type MakeRefusal = 'account_restricted' | 'erasure_pending'

/**
 * Checks the password and sends a code to the primary phone, which permits a new saved code. Refused:
 * `password_wrong`; `password_throttled`, `send_throttled` and `account_restricted` with seconds;
 * `erasure_pending`; `challenge_gone` when the account was frozen or the password replaced meanwhile;
 * `number_recycled` when somebody else has the primary phone.
 */
export async function requestSavedCode(
  caller: Caller,
  password: string,
): Promise<
  Result<
    undefined,
    | MakeRefusal
    | 'password_wrong'
    | 'password_throttled'
    | 'send_throttled'
    | 'challenge_gone'
    | 'number_recycled'
  >
> {
  const { userId, origin, now } = caller
  const refused = await refuseMaking(db(), userId, now)
  if (refused) return refused
  const user = await db().user.findUniqueOrThrow({ where: { id: userId } })
  const refusal =
    (await refuseWrongPassword(user, password, origin, now)) ??
    refuseRecycled(await listAddresses(db(), userId)) ??
    (await limitSends('make_saved_code', { userId }))
  return refusal ?? transaction((tx) => ask(tx, caller, user.passwordVersion))
}

async function ask(
  tx: Tx,
  { userId, locale, now }: Caller,
  seenVersion: number,
): Promise<Result<undefined, MakeRefusal | 'challenge_gone' | 'number_recycled'>> {
  if ((await lockUser(tx, userId)).isFrozen) return refuse('challenge_gone')
  const { passwordVersion } = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  if (passwordVersion !== seenVersion) return refuse('challenge_gone')
  const refused = await refuseMaking(tx, userId, now)
  if (refused) return refused
  const held = await listAddresses(tx, userId)
  const recycled = refuseRecycled(held)
  if (recycled) return recycled
  const { address: phone } = primaryPhoneOf(held)
  const question = { userId, rateLimitKeys: blindIndexesOf(phone), recipients: [phone] }
  await issueToUser(tx, { ...question, purpose: 'make_saved_code', locale, now })
  return done()
}

/**
 * Redeems the code and makes a saved code. It replaces the former one, whose open resets close; event
 * and notifications commit with it (NIST SP 800-63B-4 4.2.1.1, 4.6). Refused as by `redeemChallenge`;
 * `account_restricted` with seconds; `erasure_pending`.
 */
export function makeSavedCode(
  { userId, origin, now }: Caller,
  code: string,
): Promise<Result<MadeCode, CodeRefusal | MakeRefusal>> {
  return redeemChallenge(
    { ref: { userId }, purpose: 'make_saved_code', code, origin, now },
    async (tx) => {
      const refused = await refuseMaking(tx, userId, now)
      if (refused) return refused
      await endLiveCode(tx, { userId, by: 'replaced', now })
      await closeOfSavedCode(tx, userId, now)
      const made = await addCode(tx, userId, now)
      const notify = await listAddresses(tx, userId)
      await recordEvent(tx, { userId, type: 'saved_code_made', origin, now, notify })
      return done(made)
    },
  )
}

/** The open challenge that permits a new saved code, for its code screen; null without one. */
export const findSavedCodeStep = (userId: string, now: Date): Promise<ChallengeView | null> =>
  viewChallenge({ userId }, 'make_saved_code', now)

/**
 * The saved code of an account: none; made, and shown; never shown, so that nobody has it; or ended,
 * and when.
 */
export type SavedCodeState = { state: 'none' } | { state: 'made' | 'unseen' | 'ended'; at: Date }

/** Reads the state of the saved code of an account. The code itself is nowhere. */
export async function readSavedCodeState(
  userId: string,
  tx: AnyTx = onPool,
): Promise<SavedCodeState> {
  const newest = await findNewestCode(tx, userId)
  if (!newest) return { state: 'none' }
  const endedAt = newest.usedAt ?? newest.endedAt
  if (endedAt) return { state: 'ended', at: endedAt }
  return { state: newest.shownAt ? 'made' : 'unseen', at: newest.createdAt }
}

/** A thief in the account must not make a way in while it is restricted or about to be erased. */
async function refuseMaking(
  tx: Tx,
  userId: string,
  now: Date,
): Promise<Refused<MakeRefusal> | undefined> {
  const restricted = await refuseRestricted(tx, userId, now)
  if (restricted) return restricted
  const { eraseAt } = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  return eraseAt ? refuse('erasure_pending') : undefined
}
