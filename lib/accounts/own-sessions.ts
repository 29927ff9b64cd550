import { recordEvent } from '@/lib/activity'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { logSecurity } from '@/lib/platform/security-log'
import type { Prisma } from '@/prisma/client/client'
import { revokeDevices } from './devices'

/** A live session, for its owner. */
export type OwnSession = {
  sessionId: string
  userAgent: string
  ip: string
  createdAt: Date
  lastSeenAt: Date
}

/** The caller who ends sessions, and the present session. */
export type SessionCaller = { userId: string; sessionId: string; origin: Origin; now: Date }

/** The live sessions of a user, the most recently seen first (ASVS 7.5.2). */
export async function listSessions(userId: string, now: Date): Promise<OwnSession[]> {
  const rows = await db().session.findMany({
    where: await liveOf(db(), userId, now),
    orderBy: { lastSeenAt: 'desc' },
  })
  return rows.map(({ id: sessionId, userAgent, ip, createdAt, lastSeenAt }) => ({
    sessionId,
    userAgent,
    ip,
    createdAt,
    lastSeenAt,
  }))
}

/**
 * Ends one session of the caller's own, with its event. Its browser is no known device any more.
 * The id of another user's session has no effect, like an unknown one.
 */
export async function endOwnSession(caller: SessionCaller, sessionId: string): Promise<void> {
  await end(caller, 'session_ended', { id: sessionId })
}

/**
 * Ends every session of the caller's own but the present one, with one event for all. No other
 * browser is a known device any more.
 */
export async function endOtherSessions(caller: SessionCaller): Promise<void> {
  await end(caller, 'sessions_ended', { id: { not: caller.sessionId } })
}

function end(
  { userId, sessionId, origin, now }: SessionCaller,
  type: 'session_ended' | 'sessions_ended',
  which: Prisma.SessionWhereInput,
) {
  return transaction(async (tx) => {
    const { isFrozen } = await lockUser(tx, userId)
    const live = await liveOf(tx, userId, now)
    // When two sessions end each other at the same time, only the first one succeeds.
    const present = await tx.session.findFirst({ where: { ...live, id: sessionId } })
    if (isFrozen || !present) return
    const ended = await tx.session.updateManyAndReturn({
      where: { AND: [live, which] },
      data: { revokedAt: now },
      select: { device: true },
    })
    const only = ended.flatMap(({ device }) => device ?? [])
    const except = present.device
    await revokeDevices(tx, userId, type === 'session_ended' ? { only, except } : { except }, now)
    if (ended.length > 0) await recordEvent(tx, { userId, type, origin, now, notify: [] })
    else if (type === 'session_ended') logSecurity('authz_fail', { userId, subject: 'session' })
  })
}

async function liveOf(tx: Tx, userId: string, now: Date) {
  const { passwordVersion } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { passwordVersion: true },
  })
  return { userId, passwordVersion, revokedAt: null, expiresAt: { gt: now } }
}
