import { repeat } from '@/lib/messaging'
import { db, lockUser, transaction } from '@/lib/platform/db'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import type { Origin } from '@/lib/platform/origin'
import { takeEffect } from './held-effect'

const EVERY_MS = 60 * 1_000
const AT_ONCE = 100

/** It takes effect by itself: no browser asked for it at that time. */
const SCHEDULE: Origin = { ip: 'schedule', userAgent: '' }

/**
 * Lets the passwords take effect whose wait is over, now and every minute. `stop` lets it finish the
 * present account; the next run does the others.
 */
export const startReleases = () =>
  repeat('releases', EVERY_MS, (stopping) => releaseDue(new Date(), stopping))

/**
 * Lets every held password take effect whose time has come and that nobody stopped, each once, also
 * with several workers. One whose number proves nobody any more ends without an effect. A failure for
 * one account is logged, and the others go on.
 */
export async function releaseDue(now: Date, stopping?: AbortSignal): Promise<void> {
  let after = new Date(0)
  let due: { id: string; userId: string; dueAt: Date }[]
  do {
    due = await db().heldPassword.findMany({
      where: { endedAt: null, dueAt: { gt: after, lte: now } },
      orderBy: { dueAt: 'asc' },
      take: AT_ONCE,
      select: { id: true, userId: true, dueAt: true },
    })
    for (const { id, userId } of due)
      if (!stopping?.aborted)
        await releaseOne(id, userId, now).catch((error) =>
          log.error({ event: 'release_failed', userId, error: reportError(error) }),
        )
    after = due.at(-1)?.dueAt ?? now
  } while (due.length === AT_ONCE && !stopping?.aborted)
}

async function releaseOne(id: string, userId: string, now: Date) {
  await transaction(async (tx) => {
    await lockUser(tx, userId)
    const held = await tx.heldPassword.findUnique({ where: { id }, include: { challenge: true } })
    // A veto, another reset or another worker may have ended it a moment ago.
    if (held) await takeEffect(tx, held, { provenBy: [], origin: SCHEDULE, now })
  })
}
