import {
  checkUserPassword,
  hashPassword,
  type PasswordRefusal,
  replacePassword,
  restrictAccount,
} from '@/lib/accounts'
import {
  type CodeRefusal,
  countSends,
  findChallenge,
  openRecipients,
  passChallenge,
  refuseGone,
  renewSecret,
  reopenPaths,
  spendPassed,
} from '@/lib/challenges'
import { db, lockUser, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result } from '@/lib/platform/result'
import { creditNetwork } from '@/lib/platform/strangers'
import { readPayload } from './reset-payload'

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
  const passed = await passChallenge(
    { ref: { secret }, purpose: 'reset_password', code, origin, now },
    async (tx, challenge) => {
      const isCounted = challenge.scope === 'unknown'
      const sends = isCounted ? countSends(challenge) : 0
      return { sends, secret: await renewSecret(tx, challenge.id) }
    },
  )
  if (!passed.ok) return passed
  const { sends, secret: renewed } = passed.value
  await creditNetwork('reset', origin.ip, sends)
  return done({ secret: renewed })
}

export type NewPassword = { secret: string; password: string; origin: Origin; now: Date }

/**
 * Sets the new password. One transaction spends the challenge, replaces the password, ends every
 * session and known device, closes every open challenge, gives the attempts of its path and of the
 * password back, restricts the account for a day and notifies every address (ASVS 7.4.3, 6.3.7). Refused: `challenge_gone`, and the reasons of a password, which spend
 * nothing.
 */
export async function completeReset({
  secret,
  password,
  origin,
  now,
}: NewPassword): Promise<Result<undefined, 'challenge_gone' | PasswordRefusal>> {
  const challenge = await findChallenge({ secret }, 'reset_password', now)
  if (!challenge?.passedAt || !challenge.userId) return refuseGone('reset_password')
  const { userId } = challenge
  const user = await db().user.findUniqueOrThrow({
    where: { id: userId },
    select: { id: true, name: true },
  })
  const checked = await checkUserPassword(user, password)
  if (!checked.ok) return checked
  const passwordHash = await hashPassword(password)
  return transaction(async (tx) => {
    await lockUser(tx, userId)
    const spent = await spendPassed(tx, [challenge.id], now)
    if (!spent.ok) return spent
    await replacePassword(tx, { userId, passwordHash, type: 'password_reset', origin, now })
    await reopenPaths(tx, userId, [readPayload(challenge).choice ?? 'primary_phone'])
    await restrictAccount(tx, userId, openRecipients(challenge), now)
    return done()
  })
}

/**
 * The identifier that was typed at the start of a passed reset, for the password manager; null
 * without a passed challenge, and empty when a link began it.
 */
export async function resetIdentifier(secret: string, now: Date): Promise<string | null> {
  const challenge = await findChallenge({ secret }, 'reset_password', now)
  return challenge?.passedAt ? readPayload(challenge).identifier : null
}
