import { hashSecret } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'

const ATTEMPTS_PER_CHALLENGE = 5

/** Only what happened before the end counts, not what is written into the row afterwards. */
const wasBefore = (at: Date | null, end: Date) => at !== null && at < end

/** The state of a challenge, by the secret of its browser. */
export async function challengeState(secret: string, now: Date): Promise<string> {
  const row = await db().challenge.findFirstOrThrow({ where: { secretHash: hashSecret(secret) } })
  if (wasBefore(row.spentAt, row.expiresAt)) return 'spent'
  if (wasBefore(row.closedAt, row.expiresAt)) return 'closed'
  if (row.expiresAt <= now) return 'expired'
  if (row.passedAt) return 'passed'
  return row.attempts >= ATTEMPTS_PER_CHALLENGE ? 'used_up' : 'issued'
}

export async function addressState(id: string): Promise<string> {
  const { confirmedAt, removedAt } = await db().address.findUniqueOrThrow({ where: { id } })
  if (removedAt) return 'removed'
  return confirmedAt ? 'live' : 'waiting'
}

export async function sessionState(secret: string, now: Date): Promise<string> {
  const where = { id: hashSecret(secret) }
  const row = await db().session.findUniqueOrThrow({ where, include: { user: true } })
  if (wasBefore(row.revokedAt, row.expiresAt)) return 'ended'
  if (row.expiresAt <= now) return 'expired'
  return row.passwordVersion === row.user.passwordVersion ? 'live' : 'outdated'
}

export async function accountState(id: string, now: Date): Promise<string> {
  const user = await db().user.findUniqueOrThrow({ where: { id } })
  const { erasedAt, eraseAt, frozenAt, restrictedUntil } = user
  if (erasedAt) return 'erased'
  if (eraseAt) return 'leaving'
  if (frozenAt) return 'frozen'
  return restrictedUntil && restrictedUntil > now ? 'restricted' : 'open'
}
