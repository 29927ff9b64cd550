import { findSecureLink } from '@/lib/activity'
import { hashSecret, newSecret } from '@/lib/platform/crypto'
import { lockUser, transaction } from '@/lib/platform/db'
import { consumeUnfreezeStart } from '@/lib/platform/rate-limits'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { type LinkRefusal, refuseLink } from './freeze'

const LIFETIME_MS = 45 * 60 * 1_000

/**
 * Starts an unfreeze flow and returns the secret for the browser's cookie. The caller has checked
 * the password. Refused: `not_frozen`; `unfreeze_throttled` with seconds, after 20 in an hour.
 */
export async function startUnfreeze(
  userId: string,
  now: Date,
): Promise<Result<{ secret: string }, 'not_frozen' | 'unfreeze_throttled'>> {
  return (await consumeUnfreezeStart(`password:${userId}`)) ?? start(userId, now)
}

function start(userId: string, now: Date): Promise<Result<{ secret: string }, 'not_frozen'>> {
  const secret = newSecret()
  return transaction(async (tx) => {
    if (!(await lockUser(tx, userId)).isFrozen) return refuse('not_frozen')
    await tx.unfreezeFlow.create({
      data: {
        secretHash: hashSecret(secret),
        userId,
        startedAt: now,
        expiresAt: new Date(now.getTime() + LIFETIME_MS),
      },
    })
    logSecurity('authn_token_created', { userId, subject: 'unfreeze' })
    return done({ secret })
  })
}

/**
 * Starts an unfreeze flow for the holder of a secure link, also of the one that froze the account.
 * Refused: `link_unknown`, `link_expired`, `link_closed`, `not_frozen`; `unfreeze_throttled`, counted
 * for this link alone.
 */
export async function startUnfreezeByLink(
  token: string,
  now: Date,
): Promise<Result<{ secret: string }, LinkRefusal | 'not_frozen' | 'unfreeze_throttled'>> {
  const link = await findSecureLink(token, now)
  if (!link) return refuseLink('link_unknown', null)
  if (link.state === 'expired') return refuseLink('link_expired', link.userId)
  if (!link.isFrozen)
    return link.state === 'closed' ? refuseLink('link_closed', link.userId) : refuse('not_frozen')
  return (await consumeUnfreezeStart(`link:${hashSecret(token)}`)) ?? start(link.userId, now)
}
