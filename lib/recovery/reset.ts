import {
  checkUserPassword,
  hashPassword,
  type PasswordRefusal,
  readForReplacement,
  replacePassword,
} from '@/lib/accounts'
import { listAddresses } from '@/lib/addresses'
import {
  type CodeRefusal,
  countSends,
  findChallenge,
  findPassed,
  openRecipients,
  passChallenge,
  refuseGone,
  spendPassed,
} from '@/lib/challenges'
import { newSecret } from '@/lib/platform/crypto'
import { lockUser } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result } from '@/lib/platform/result'
import { sqlTransaction } from '@/lib/platform/sql'
import type { Sql } from '@/lib/platform/statement'
import { creditNetwork } from '@/lib/platform/strangers'
import { findLiveCode, type MadeCode } from '@/lib/saved-codes'
import { HOLD_MS, holdPassword, isStillProven } from './held-password'
import { cancelErasure } from './reset-erasure'
import { readPayload } from './reset-payload'
import { settleSavedCode } from './saved-code-use'

/**
 * Passes the challenge: for 15 minutes it permits one new password, nothing else. The returned
 * secret replaces the browser's, so that a planted cookie is worth nothing (ASVS 7.2.4). Refused as
 * by `passChallenge`.
 */
export async function passReset(
  secret: string,
  code: string,
  origin: Origin,
  now: Date,
): Promise<Result<{ secret: string }, CodeRefusal>> {
  const renewed = newSecret()
  const passed = await passChallenge(
    { ref: { secret }, purpose: 'reset_password', code, origin, now, newSecret: renewed },
    async (tx, challenge) => {
      if (challenge.scope !== 'unknown') return
      await creditNetwork('reset', origin.ip, countSends(challenge), tx)
    },
  )
  return passed.ok ? done({ secret: renewed }) : passed
}

export type NewPassword = { secret: string; password: string; origin: Origin; now: Date }

/**
 * `set`: the password works; `savedCode` replaces the one that passed the challenge. `held`: it will
 * work in `waitSeconds`, or when this browser releases it (`requestRelease`).
 */
export type ResetOutcome =
  | { kind: 'set'; savedCode: MadeCode | undefined }
  | { kind: 'held'; waitSeconds: number }

/**
 * Sets the new password. One transaction spends the challenge, replaces the password, ends every
 * session and known device, closes every open challenge, gives the attempts of its path and of the
 * password back, restricts the account for a day and notifies every address (ASVS 7.4.3, 6.3.7). The
 * saved code that passed the challenge is spent there, once, and the new one that replaces it is
 * returned; any other reset ends the saved code. When the SIM of a number that received the code had
 * just been replaced, the transaction spends the challenge and holds the password (`holdPassword`), and
 * changes nothing else. Refused: `challenge_gone`, also when the saved code
 * was used or ended meanwhile, and the reasons of a password, which spend nothing.
 */
export async function completeReset({
  secret,
  password,
  origin,
  now,
}: NewPassword): Promise<Result<ResetOutcome, 'challenge_gone' | PasswordRefusal>> {
  const passed = await findPassed(secret, 'reset_password', now)
  if (!passed) return refuseGone('reset_password')
  const { challenge, name, held } = passed
  const { userId } = challenge
  const path = readPayload(challenge).choice ?? 'primary_phone'
  // Its number may have been found to be somebody else's since the code was sent.
  if (path !== 'saved_code' && !isStillProven(challenge, held)) return refuseGone('reset_password')
  const checked = await checkUserPassword({ id: userId, name }, held, password)
  if (!checked.ok) return checked
  const passwordHash = await hashPassword(password)
  if (challenge.simSwapSeenAt) return hold({ challenge, passwordHash, secret, origin, now })
  const savedCode = path === 'saved_code' ? challenge : undefined
  return sqlTransaction(async (tx) => {
    const type = 'password_reset'
    const locked = lockUser(tx, userId)
    if (savedCode && !(await isLive(tx, savedCode))) return refuseGone('reset_password')
    const [{ isErasing }, spent, read, live] = await Promise.all([
      locked,
      spendPassed(tx, [challenge.id], now),
      readForReplacement(tx, { userId, type, now }, locked),
      findLiveCode(tx, userId),
    ])
    if (!spent.ok) return spent
    const proven = { type, path, provenBy: openRecipients(challenge) } as const
    await replacePassword(tx, { userId, passwordHash, read, origin, now, ...proven })
    if (isErasing) await cancelErasure(tx, { userId, origin, now })
    const made = live && (await settleSavedCode(tx, { userId, origin, now }, savedCode))
    return done({ kind: 'set', savedCode: made })
  })
}

type Held = Omit<Parameters<typeof holdPassword>[1], 'held'>

/** Whoever has the new SIM may be a thief. */
function hold(held: Held): Promise<Result<ResetOutcome, 'challenge_gone'>> {
  const { challenge, now } = held
  return sqlTransaction(async (tx) => {
    await lockUser(tx, challenge.userId)
    const spent = await spendPassed(tx, [challenge.id], now)
    if (!spent.ok) return refuseGone('reset_password')
    await holdPassword(tx, { ...held, held: await listAddresses(tx, challenge.userId) })
    return done({ kind: 'held', waitSeconds: HOLD_MS / 1_000 })
  })
}

/** Whether a saved code is still the one that passed a challenge, under the lock of its user. */
async function isLive(tx: Sql, { userId, codeHash }: { userId: string; codeHash: string }) {
  return (await findLiveCode(tx, userId))?.codeHash === codeHash
}

/**
 * The identifier that was typed at the start of a passed reset, for the password manager; null
 * without a passed challenge, and empty when a link began it.
 */
export async function resetIdentifier(secret: string, now: Date): Promise<string | null> {
  const challenge = await findChallenge({ secret }, 'reset_password', now)
  return challenge?.passedAt ? readPayload(challenge).identifier : null
}
