import { hashSecret, newSecret } from '@/lib/platform/crypto'
import { db, type Tx } from '@/lib/platform/db'
import { type Locale, parseLocale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import { logSecurity } from '@/lib/platform/security-log'
import type { Session, User } from '@/prisma/client/client'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

const SESSION_LIFETIME_MS = 30 * DAY_MS

/** `lastSeenAt` is written at most this often. */
const SEEN_INTERVAL_MS = 5 * MINUTE_MS

export type OpenedSession = { sessionSecret: string; expiresAt: Date }

/** A live session, as the pages need it. */
export type LiveSession = { sessionId: string; userId: string; name: string; locale: Locale }

/** `device`: the known device in which it is opened, null for none. */
export type NewSession = {
  userId: string
  passwordVersion: number
  device: string | null
  origin: Origin
  now: Date
}

/**
 * Opens a session for the password version that was verified. If the version has risen since, the
 * session is invalid from the start.
 */
export async function openSession(
  tx: Tx,
  { userId, passwordVersion, device, origin: { ip, userAgent }, now }: NewSession,
): Promise<OpenedSession> {
  const sessionSecret = newSecret()
  const expiresAt = new Date(now.getTime() + SESSION_LIFETIME_MS)
  await tx.session.create({
    data: {
      id: hashSecret(sessionSecret),
      userId,
      passwordVersion,
      device,
      userAgent,
      ip,
      createdAt: now,
      lastSeenAt: now,
      expiresAt,
    },
  })
  logSecurity('session_created', { userId })
  return { sessionSecret, expiresAt }
}

/**
 * Finds the live session of a secret: not ended, not expired, of the user's present password
 * version, the account not frozen.
 */
export async function findSession(sessionSecret: string, now: Date): Promise<LiveSession | null> {
  const session = await db().session.findUnique({
    where: { id: hashSecret(sessionSecret) },
    include: {
      user: { select: { name: true, locale: true, passwordVersion: true, frozenAt: true } },
    },
  })
  if (!session) return null
  if (!isLive(session, now)) {
    logSecurity('session_use_after_expire', { userId: session.userId })
    return null
  }
  if (now.getTime() - session.lastSeenAt.getTime() > SEEN_INTERVAL_MS)
    await db().session.updateMany({
      where: { id: session.id, revokedAt: null },
      data: { lastSeenAt: now },
    })
  const { id: sessionId, userId, user } = session
  return { sessionId, userId, name: user.name, locale: parseLocale(user.locale) }
}

type Found = Pick<Session, 'revokedAt' | 'expiresAt' | 'passwordVersion'> & {
  user: Pick<User, 'frozenAt' | 'passwordVersion'>
}

const isLive = ({ revokedAt, expiresAt, passwordVersion, user }: Found, now: Date) =>
  revokedAt === null &&
  expiresAt > now &&
  user.frozenAt === null &&
  passwordVersion === user.passwordVersion

/** Ends one session; ending it again changes nothing. */
export async function endSession(sessionId: string, now: Date): Promise<void> {
  const ended = await db().session.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { revokedAt: now },
  })
  if (ended.count > 0) logSecurity('session_expired', { reason: 'logout' })
}

/** Ends every session of a user, in the transaction of what makes that necessary (ASVS 7.4.3). */
export async function endSessions(tx: Tx, userId: string, now: Date): Promise<void> {
  const live = { userId, revokedAt: null }
  const ended = await tx.session.updateMany({ where: live, data: { revokedAt: now } })
  if (ended.count > 0) logSecurity('session_expired', { userId, reason: 'revoked' })
}
