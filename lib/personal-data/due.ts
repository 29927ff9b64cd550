import { repeat } from '@/lib/messaging'
import { db, lockUser, transactionUnlessRefused } from '@/lib/platform/db'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import type { Origin } from '@/lib/platform/origin'
import { done } from '@/lib/platform/result'
import { erasePerson } from './erase'

const EVERY_MS = 10 * 60 * 1_000
const USERS_AT_ONCE = 100

/** The owner asked for it a week ago; no browser does it now. */
const SCHEDULE: Origin = { ip: 'schedule', userAgent: '' }

/**
 * Erases the accounts that are due, now and every ten minutes. `stop` lets it finish the present
 * account; the next run erases the others.
 */
export const startErasures = () =>
  repeat('erasures', EVERY_MS, (stopping) => eraseDue(new Date(), stopping))

/**
 * Erases every account whose owner asked for it seven days ago. A frozen account has no such request
 * any more. A restricted one is left until the restriction is over, and one with an altered activity
 * is reported each time. A failure for one account is logged, and the others are still erased.
 * Several processes may run it.
 */
export async function eraseDue(now: Date, stopping?: AbortSignal): Promise<void> {
  let after = new Date(0)
  let users: { id: string; eraseAt: Date | null }[]
  do {
    users = await db().user.findMany({
      where: { eraseAt: { gt: after, lte: now } },
      orderBy: { eraseAt: 'asc' },
      take: USERS_AT_ONCE,
      select: { id: true, eraseAt: true },
    })
    for (const { id } of users) if (!stopping?.aborted) await erase(id, now)
    after = users.at(-1)?.eraseAt ?? now
  } while (users.length === USERS_AT_ONCE && !stopping?.aborted)
}

async function erase(userId: string, now: Date) {
  try {
    const outcome = await transactionUnlessRefused(async (tx) => {
      // Another worker may have erased it, or its owner may have cancelled that a moment ago.
      await lockUser(tx, userId)
      const due = await tx.user.count({ where: { id: userId, eraseAt: { lte: now } } })
      return due === 0 ? done() : erasePerson(tx, { userId, origin: SCHEDULE, now })
    })
    // A restriction ends by itself.
    if (!outcome.ok && outcome.refusal !== 'account_restricted')
      log.error({ event: 'erasure_refused', userId, reason: outcome.refusal })
  } catch (error) {
    log.error({ event: 'erasure_failed', userId, error: reportError(error) })
  }
}
