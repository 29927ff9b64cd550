import { listActivity } from '@/lib/activity'
import { deliveryStatusOf, failureOf, maskRecipient } from '@/lib/messaging'
import { db } from '@/lib/platform/db'
import { countryOf } from '@/lib/platform/geo'
import { describeDevice } from '@/lib/platform/user-agent'
import type { CaseEvent, CaseMessage } from './case-types'
import { RECENT_MS } from './limits'
import { isResendable } from './resendable'

const SHOWN_MESSAGES = 50

/** The latest events of the account, with device and country as its owner sees them. */
export async function readEvents(userId: string, now: Date): Promise<CaseEvent[]> {
  const { entries } = await listActivity(userId)
  return entries.map(({ position: _, ip, userAgent, ...shown }) => ({
    ...shown,
    device: describeDevice(userAgent),
    country: countryOf(ip),
    isResendable: isResendable(shown, sum(Object.values(shown.notices)), now),
  }))
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

/** The messages of the last seven days, the newest first, found by their causes. */
export async function readMessages(userId: string, now: Date): Promise<CaseMessage[]> {
  const since = new Date(now.getTime() - RECENT_MS)
  // A notice can be sent again within seven days after its event.
  const from = { gt: new Date(since.getTime() - RECENT_MS) }
  const select = { id: true } as const
  const events = await db().securityEvent.findMany({ where: { userId, at: from }, select })
  const codes = await db().challenge.findMany({ where: { userId, codeSentAt: from }, select })
  const words = await db().callerWord.findMany({ where: { userId, kind: 'sent' }, select })
  const idsOf = (rows: readonly { id: string }[]) => ({ in: rows.map(({ id }) => id) })
  const causes = [{ eventId: idsOf(events) }, { challengeId: idsOf(codes) }, { id: idsOf(words) }]
  const rows = await db().message.findMany({
    where: { createdAt: { gt: since }, OR: causes },
    orderBy: { createdAt: 'desc' },
    take: SHOWN_MESSAGES,
  })
  return rows.map((row) => ({
    at: row.createdAt,
    channel: row.channel,
    kind: row.kind,
    mask: maskRecipient(row),
    state: deliveryStatusOf(row),
    failure: failureOf(row),
  }))
}
