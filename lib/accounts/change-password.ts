import { type HeldAddress, listAddresses } from '@/lib/addresses'
import { type AttemptOwner, chargeAttempt, clearAttempts } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import {
  consumePasswordChange,
  consumePasswordLimit,
  givePasswordBack,
} from '@/lib/platform/rate-limits'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { sqlTransaction } from '@/lib/platform/sql'
import type { User } from '@/prisma/client/client'
import { findDevice } from './devices'
import { checkPassword, hashPassword, type PasswordRefusal, verifyPassword } from './password'
import { replacePassword } from './replace-password'
import { type OpenedSession, openSession } from './sessions'

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
  | 'changes_throttled'
  | 'password_same'

/**
 * Changes the password of a signed-in customer who knows the current one (ASVS 6.2.3). Every
 * session ends; the one that is returned replaces the caller's (ASVS 7.2.4). Refused:
 * `password_throttled` with seconds, after ten wrong tries in fifteen minutes; `changes_throttled`
 * with seconds, after ten changes in a day; `password_wrong`; `password_same`; the reasons of a password.
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
  const checked = await checkUserPassword(user, await listAddresses(db(), userId), next)
  if (!checked.ok) return checked
  const tooMany = await consumePasswordChange(userId)
  if (tooMany) return tooMany
  const passwordHash = await hashPassword(next)
  return sqlTransaction(async (tx) => {
    const seenVersion = user.passwordVersion
    const cause = { type: 'password_changed', seenVersion } as const
    const version = await replacePassword(tx, { userId, passwordHash, origin, now, ...cause })
    if (version === undefined) return refuse('password_wrong')
    const device = await findDevice(tx, userId, origin)
    return done(await openSession(tx, { userId, passwordVersion: version, device, origin, now }))
  })
}

/**
 * Compares the current password of a signed-in customer. The attempt is counted first, at this
 * browser if it is a known device, else at all unknown ones; a right one is taken back. Refused:
 * `password_wrong`, also while the attempts are used up; `password_throttled` with seconds.
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
  await givePasswordBack(userId)
  await clearAttempts(db(), charge.owner)
  logSecurity('authn_login_success', subject)
  return undefined
}

/** Checks a new password against the policy, with the user's own name and addresses as context. */
export async function checkUserPassword(
  user: { id: string; name: string },
  held: readonly HeldAddress[],
  password: string,
): Promise<Result<undefined, PasswordRefusal>> {
  const addresses = held.map(({ address }) => address)
  const checked = await checkPassword(password, { name: user.name, addresses })
  if (!checked.ok) logRefused(user.id, checked.refusal)
  return checked
}

function logRefused(userId: string, reason: PasswordChangeRefusal) {
  logSecurity('authn_password_change_fail', { userId, reason })
}
