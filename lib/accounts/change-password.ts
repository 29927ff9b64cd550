import { closeResetLinks, recordEvent } from '@/lib/activity'
import { listAddresses } from '@/lib/addresses'
import {
  type AttemptOwner,
  chargeAttempt,
  clearAttempts,
  closeChallenges,
  reopenPaths,
} from '@/lib/challenges'
import { db, type Tx, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { consumePasswordChange, consumePasswordLimit } from '@/lib/platform/rate-limits'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import type { User } from '@/prisma/client/client'
import type { EventType } from '@/prisma/client/enums'
import { findDevice, revokeDevices } from './devices'
import { checkPassword, hashPassword, type PasswordRefusal, verifyPassword } from './password'
import { endSessions, type OpenedSession, openSession } from './sessions'

export type PasswordChange = {
  userId: string
  current: string
  next: string
  origin: Origin
  now: Date
}

export type PasswordChangeRefusal =
  | PasswordRefusal
  | 'password_wrong'
  | 'password_throttled'
  | 'password_same'

/**
 * Changes the password of a signed-in customer who knows the current one (ASVS 6.2.3). Every
 * session ends; the one that is returned replaces the caller's (ASVS 7.2.4). Refused:
 * `password_throttled` with seconds, after ten tries in fifteen minutes or ten changes in a day;
 * `password_wrong`; `password_same`; the reasons of a password.
 */
export async function changePassword(
  change: PasswordChange,
): Promise<Result<OpenedSession, PasswordChangeRefusal>> {
  const { userId, current, next, origin, now } = change
  const user = await db().user.findUniqueOrThrow({ where: { id: userId } })
  const refusal = await refuseWrongPassword(user, current, origin, now)
  if (refusal) {
    logRefused(userId, refusal.refusal)
    return refusal
  }
  if (current === next) {
    logRefused(userId, 'password_same')
    return refuse('password_same')
  }
  const checked = await checkUserPassword(user, next)
  if (!checked.ok) return checked
  const tooMany = await consumePasswordChange(userId)
  if (tooMany) return tooMany
  const passwordHash = await hashPassword(next)
  return transaction(async (tx) => {
    const version = await replacePassword(tx, {
      userId,
      passwordHash,
      seenVersion: user.passwordVersion,
      type: 'password_changed',
      origin,
      now,
    })
    if (version === undefined) return refuse('password_wrong')
    const device = await findDevice(tx, userId, origin)
    return done(await openSession(tx, { userId, passwordVersion: version, device, origin, now }))
  })
}

/**
 * Compares the current password of a signed-in customer. The attempt is counted first, at this
 * browser if it is a known device, else at all unknown ones. Refused: `password_wrong`, also while
 * the attempts are used up; `password_throttled` with seconds.
 */
export async function refuseWrongPassword(
  { id: userId, passwordHash }: Pick<User, 'id' | 'passwordHash'>,
  password: string,
  origin: Origin,
  now: Date,
): Promise<Refused<'password_wrong' | 'password_throttled'> | undefined> {
  const throttled = await consumePasswordLimit(userId)
  if (throttled) return throttled
  const device = await findDevice(db(), userId, origin)
  const attempt = { account: userId, path: 'password' }
  const owner: AttemptOwner = device
    ? { ...attempt, scope: { kind: 'device', id: device } }
    : { ...attempt, scope: { kind: 'unknown' } }
  const charge = await chargeAttempt(owner, now)
  const isRight = await verifyPassword(passwordHash, password)
  const subject = { userId, purpose: 'current_password' }
  if (!charge || !isRight) {
    logSecurity(charge ? 'authn_login_fail' : 'authn_login_fail_max', subject)
    return refuse('password_wrong')
  }
  await clearAttempts(db(), charge.owner)
  logSecurity('authn_login_success', subject)
  return undefined
}

/** Checks a new password against the policy, with the user's own name and addresses as context. */
export async function checkUserPassword(
  user: { id: string; name: string },
  password: string,
): Promise<Result<undefined, PasswordRefusal>> {
  const addresses = await listAddresses(db(), user.id)
  const checked = await checkPassword(password, {
    name: user.name,
    addresses: addresses.map(({ address }) => address),
  })
  if (!checked.ok) logRefused(user.id, checked.refusal)
  return checked
}

function logRefused(userId: string, reason: PasswordChangeRefusal) {
  logSecurity('authn_password_change_fail', { userId, reason })
}

export type PasswordReplacement = {
  userId: string
  passwordHash: string
  /**
   * The version that the caller has checked the current password against; undefined when a passed
   * challenge permits the change.
   */
  seenVersion?: number
  type: Extract<EventType, 'password_changed' | 'password_reset' | 'unfrozen' | 'unfrozen_by_care'>
  /** The reason that customer care gave. */
  reason?: string
  origin: Origin
  now: Date
}

/**
 * Replaces the password in the caller's transaction: the version rises, every session ends, every
 * open challenge and reset link closes, and the event and its notifications are written. No browser
 * stays a known device, but the one in which a signed-in customer changes the password. Returns the
 * new version; undefined when the password was replaced since `seenVersion`, or the account is
 * frozen.
 */
export async function replacePassword(
  tx: Tx,
  replacement: PasswordReplacement,
): Promise<number | undefined> {
  const { userId, passwordHash, seenVersion, type, reason, origin, now } = replacement
  const [user] = await tx.user.updateManyAndReturn({
    where:
      seenVersion === undefined
        ? { id: userId }
        : { id: userId, passwordVersion: seenVersion, frozenAt: null },
    data: { passwordHash, passwordVersion: { increment: 1 } },
    select: { passwordVersion: true },
  })
  if (!user) return undefined
  await endSessions(tx, userId, now)
  await closeChallenges(tx, { userId }, now)
  await closeResetLinks(tx, userId)
  if (type === 'password_changed')
    await revokeDevices(tx, userId, { except: await findDevice(tx, userId, origin) }, now)
  else await startAnew(tx, userId, type, now)
  await recordEvent(tx, {
    userId,
    type,
    reason,
    origin,
    now,
    notify: await listAddresses(tx, userId),
  })
  return user.passwordVersion
}

/** The owner was verified by codes or by customer care: no browser is known, and no path closed. */
async function startAnew(
  tx: Tx,
  userId: string,
  type: 'password_reset' | 'unfrozen' | 'unfrozen_by_care',
  now: Date,
) {
  await revokeDevices(tx, userId, {}, now)
  const unfrozen = ['primary_phone', 'recovery'] as const
  await reopenPaths(tx, userId, ['password', ...(type === 'password_reset' ? [] : unfrozen)])
}
