import { hashSecret, newSecret } from '@/lib/platform/crypto'
import { type Tx, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { logSecurity } from '@/lib/platform/security-log'
import { run } from '@/lib/platform/sql'
import { statement } from '@/lib/platform/statement'
import { recordStaffEvent } from '@/lib/staff-log'
import type { Staff, StaffSession } from '@/prisma/client/client'
import type { SignedInStaff } from './member'

const MINUTE_MS = 60_000
const LIFETIME_MS = 12 * 60 * MINUTE_MS
const IDLE_MS = 15 * MINUTE_MS

/** `lastSeenAt` is written at most this often. */
const SEEN_INTERVAL_MS = MINUTE_MS

export type OpenedStaffSession = { sessionSecret: string; expiresAt: Date }

/**
 * Opens a session in the transaction of the sign-in. It ends after 12 hours, or 15 minutes without
 * use.
 */
export async function openStaffSession(
  tx: Tx,
  { staffId, origin: { ip, userAgent }, now }: { staffId: string; origin: Origin; now: Date },
): Promise<OpenedStaffSession> {
  const sessionSecret = newSecret()
  const expiresAt = new Date(now.getTime() + LIFETIME_MS)
  const times = { createdAt: now, lastSeenAt: now, expiresAt }
  const id = hashSecret(sessionSecret)
  await tx.staffSession.create({ data: { id, staffId, ip, userAgent, ...times } })
  return { sessionSecret, expiresAt }
}

type Found = Pick<StaffSession, 'id' | 'staffId' | 'lastSeenAt' | 'expiresAt' | 'endedAt'> &
  Pick<Staff, 'name' | 'role' | 'confirmedAt' | 'disabledAt'>

const FIND = statement<Found>(
  'find_staff_session',
  `select s.id, s."staffId", s."lastSeenAt", s."expiresAt", s."endedAt",
    m.name, m.role, m."confirmedAt", m."disabledAt"
  from "StaffSession" s join "Staff" m on m.id = s."staffId" where s.id = $1`,
)

const SEE = statement<object>(
  'see_staff_session',
  `update "StaffSession" set "lastSeenAt" = $2::timestamptz
  where id = $1 and "endedAt" is null and "lastSeenAt" < $2::timestamptz`,
)

/**
 * The member of staff whose live session a secret belongs to: not ended, younger than 12 hours,
 * used in the last 15 minutes, of somebody who is confirmed and not disabled. Null otherwise. Keeps
 * when it was last used.
 */
export async function findStaffSession(secret: string, now: Date): Promise<SignedInStaff | null> {
  const [session] = await run(FIND, [hashSecret(secret)])
  if (!session) return null
  if (!isLive(session, now)) {
    logSecurity('session_use_after_expire', { userId: null, subject: 'staff' })
    return null
  }
  const { id: sessionId, staffId, name, role, lastSeenAt } = session
  if (now.getTime() - lastSeenAt.getTime() >= SEEN_INTERVAL_MS) await run(SEE, [sessionId, now])
  return { staffId, name, role, sessionId }
}

const isLive = (session: Found, now: Date) =>
  session.endedAt === null &&
  session.expiresAt > now &&
  now.getTime() - session.lastSeenAt.getTime() < IDLE_MS &&
  session.confirmedAt !== null &&
  session.disabledAt === null

/** Ends a session, with its event. Ending it again changes nothing. */
export async function endStaffSession(
  { staffId, sessionId }: SignedInStaff,
  now: Date,
): Promise<void> {
  await transaction(async (tx) => {
    const ended = await tx.staffSession.updateMany({
      where: { id: sessionId, endedAt: null },
      data: { endedAt: now },
    })
    if (ended.count === 0) return
    await recordStaffEvent(tx, { type: 'signed_out', staffId, now })
    logSecurity('session_expired', { userId: null, subject: 'staff', reason: 'logout' })
  })
}

/** Ends every session of somebody, in the transaction of what makes that necessary. */
export async function endStaffSessions(tx: Tx, staffId: string, now: Date): Promise<void> {
  await tx.staffSession.updateMany({
    where: { staffId, endedAt: null },
    data: { endedAt: now },
  })
}
