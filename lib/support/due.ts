import { repeat } from '@/lib/messaging'
import { db, transaction } from '@/lib/platform/db'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import { recordStaffEvent } from '@/lib/staff-log'
import { lockAction } from './action-row'
import { carryOut, eventOf, newPasswordHash } from './carry-out'

const EVERY_MS = 60 * 1_000
const ACTIONS_AT_ONCE = 100

/**
 * Opens the accounts whose announced unfreeze is due, now and every minute. `stop` lets it finish the
 * present account; the next run opens the others.
 */
export const startUnfreezes = () =>
  repeat('unfreezes', EVERY_MS, (stopping) => carryOutDue(new Date(), stopping))

/**
 * Carries out every announced unfreeze whose time has come and that nobody vetoed, each once, also with
 * several workers. What is refused, such as an earlier address that another account has now, ends with
 * the refusal as its outcome and is logged. A failure for one account is logged, and the others are still
 * opened.
 */
export async function carryOutDue(now: Date, stopping?: AbortSignal): Promise<void> {
  let after = new Date(0)
  let due: { id: string; dueAt: Date | null }[]
  do {
    due = await db().caseAction.findMany({
      where: { endedAt: null, dueAt: { gt: after, lte: now } },
      orderBy: { dueAt: 'asc' },
      take: ACTIONS_AT_ONCE,
      select: { id: true, dueAt: true },
    })
    for (const { id } of due)
      if (!stopping?.aborted)
        await carryOutOne(id, now).catch((error) =>
          log.error({ event: 'unfreeze_failed', action: id, error: reportError(error) }),
        )
    after = due.at(-1)?.dueAt ?? now
  } while (due.length === ACTIONS_AT_ONCE && !stopping?.aborted)
}

async function carryOutOne(id: string, now: Date) {
  const passwordHash = await newPasswordHash()
  await transaction(async (tx) => {
    const action = await lockAction(tx, id)
    // A veto, the owner or another worker may have ended it a moment ago.
    if (!action || action.endedAt) return
    const outcome = await carryOut(tx, action, { passwordHash, now })
    if (outcome.ok) await recordStaffEvent(tx, eventOf('carried_out', action, null, now))
    else log.error({ event: 'unfreeze_refused', action: id, reason: outcome.refusal })
  })
}
