import { hashSecret, newSecret } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { type Locale, parseLocale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import { logSecurity } from '@/lib/platform/security-log'
import { run } from '@/lib/platform/sql'
import { type AnyTx, runIn, sendIn, statement } from '@/lib/platform/statement'
import type { Session, User } from '@/prisma/client/client'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

const SESSION_LIFETIME_MS = 30 * DAY_MS

/** `lastSeenAt` and its IP address are written at most this often. */
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
  tx: AnyTx,
  { userId, passwordVersion, device, origin: { ip, userAgent }, now }: NewSession,
): Promise<OpenedSession> {
  const sessionSecret = newSecret()
  const expiresAt = new Date(now.getTime() + SESSION_LIFETIME_MS)
  const [id, keyId] = [hashSecret(sessionSecret), env().AUTH_SECRET[0].id]
  const row = [id, userId, passwordVersion, device, userAgent, ip, keyId, now, expiresAt]
  await sendIn(tx, OPEN_SESSION, row)
  logSecurity('session_created', { userId })
  return { sessionSecret, expiresAt }
}

const OPEN_SESSION = statement(
  'open_session',
  `insert into "Session"
    (id, "userId", "passwordVersion", device, "userAgent", ip, "keyId", "createdAt", "lastSeenAt", "expiresAt")
  values ($1, $2::uuid, $3, $4, $5, $6, $7, $8::timestamptz, $8::timestamptz, $9::timestamptz)`,
)

/**
 * Finds the live session of a secret: not ended, not expired, of the user's present password
 * version, the account not frozen. Keeps when and from which IP address it was last used, if given.
 */
export async function findSession(
  sessionSecret: string,
  now: Date,
  ip?: string,
): Promise<LiveSession | null> {
  const [session] = await run(FIND_SESSION, [hashSecret(sessionSecret)])
  if (!session) return null
  if (!isLive(session, now)) {
    logSecurity('session_use_after_expire', { userId: session.userId })
    return null
  }
  if (now.getTime() - session.lastSeenAt.getTime() > SEEN_INTERVAL_MS)
    await db().session.updateMany({
      where: { id: session.id, revokedAt: null },
      data: { lastSeenAt: now, ...(ip && { ip }) },
    })
  const { id: sessionId, userId, name, locale } = session
  return { sessionId, userId, name, locale: parseLocale(locale) }
}

/** Whose session a secret was, live or not; undefined for an unknown one. */
export async function findSessionOwner(sessionSecret: string): Promise<string | undefined> {
  const [owner] = await run(FIND_OWNER, [hashSecret(sessionSecret)])
  return owner?.userId
}

const FIND_OWNER = statement<Pick<Session, 'userId'>>(
  'find_session_owner',
  `select "userId" from "Session" where id = $1`,
)

type Found = Pick<Session, 'id' | 'userId' | 'lastSeenAt' | 'revokedAt' | 'expiresAt'> &
  Pick<User, 'name' | 'locale' | 'frozenAt'> & { isOfPresentPassword: boolean }

const FIND_SESSION = statement<Found>(
  'find_session',
  `select s.id, s."userId", s."lastSeenAt", s."revokedAt", s."expiresAt", u.name, u.locale, u."frozenAt",
    s."passwordVersion" = u."passwordVersion" as "isOfPresentPassword"
  from "Session" s join "User" u on u.id = s."userId" where s.id = $1`,
)

const isLive = ({ revokedAt, expiresAt, frozenAt, isOfPresentPassword }: Found, now: Date) =>
  revokedAt === null && expiresAt > now && frozenAt === null && isOfPresentPassword

/** Ends one session; ending it again changes nothing. */
export async function endSession(sessionId: string, now: Date): Promise<void> {
  const ended = await db().session.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { revokedAt: now },
  })
  if (ended.count > 0) logSecurity('session_expired', { reason: 'logout' })
}

/**
 * Ends the sessions whose cookie is encrypted with this secret of AUTH_SECRET, and those of earlier
 * versions, which may be. Returns how many were live.
 */
export async function endSessionsUnder(keyId: string, now: Date): Promise<number> {
  const { count } = await db().session.updateMany({
    where: { OR: [{ keyId }, { keyId: null }], revokedAt: null, expiresAt: { gt: now } },
    data: { revokedAt: now },
  })
  if (count > 0) logSecurity('session_expired', { reason: 'key_retired' })
  return count
}

/** Ends every session of a user, in the transaction of what makes that necessary (ASVS 7.4.3). */
export async function endSessions(tx: AnyTx, userId: string, now: Date): Promise<void> {
  const ended = await runIn(tx, END, [userId, now])
  if (ended.length > 0) logSecurity('session_expired', { userId, reason: 'revoked' })
}

/** The statement of `endSessions`, for a part of another one: `$1` is the user, `$2` the time. */
export const END_SESSIONS = `update "Session" set "revokedAt" = $2::timestamptz
  where "userId" = $1::uuid and "revokedAt" is null`

const END = statement<{ id: string }>('end_sessions', `${END_SESSIONS} returning id`)
