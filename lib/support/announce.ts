import { recordEvent } from '@/lib/activity'
import { hashSecret, newLinkToken } from '@/lib/platform/crypto'
import type { Tx } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { listConcerned } from '@/lib/recovery'
import type { ActionRow } from './action-row'
import { CARE } from './care-origin'
import { HOUR_MS } from './limits'

/**
 * Sets the time of an approved unfreeze and announces it, in the caller's transaction, which holds the
 * lock of the user: an event, and a notice to every address of the account, also to those that were
 * removed in the seven days before the freeze, each with a link of its own that vetoes. Returns the time.
 */
export async function announceUnfreeze(tx: Tx, action: ActionRow, now: Date): Promise<Date> {
  const { id: actionId, reason } = action
  const { userId } = action.case
  const dueAt = new Date(now.getTime() + env().CARE_UNFREEZE_HOURS * HOUR_MS)
  const where = { id: actionId, endedAt: null, dueAt: null }
  const { count } = await tx.caseAction.updateMany({ where, data: { dueAt } })
  if (count !== 1) throw new Error('the unfreeze ended or waits already')
  const { frozenAt } = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  const notify = await listConcerned(tx, userId, frozenAt ?? now)
  const links = notify.map(({ id }) => [id, newLinkToken()] as const)
  await tx.vetoLink.createMany({
    data: links.map(([addressId, token]) => ({
      tokenHash: hashSecret(token),
      actionId,
      addressId,
      expiresAt: dueAt,
    })),
  })
  const event = { type: 'unfreeze_announced', origin: CARE, reason, due: dueAt } as const
  await recordEvent(tx, { userId, ...event, now, notify, vetoLinks: new Map(links) })
  return dueAt
}
