import { type DeliveryStatus, deliveryStatusOf } from '@/lib/messaging'
import { db } from '@/lib/platform/db'
import type { EventType } from '@/prisma/client/enums'
import { type Detail, readDetail } from './detail'

const PAGE_ROWS = 50

/** The number of notifications of an event by delivery status. */
export type NoticeCounts = Record<DeliveryStatus, number>

/** One event of the activity for its owner; addresses are masked. */
export type ActivityEntry = Pick<Detail, 'about' | 'previous' | 'what'> & {
  position: number
  type: EventType
  at: Date
  ip: string
  userAgent: string
  reference: string
  notices: NoticeCounts
}

/**
 * A page of a user's activity, the latest first; `before` is the `next` of the page before it. It
 * leaves out that rows were anchored, which nobody did to the account.
 */
export async function listActivity(
  userId: string,
  before?: number,
): Promise<{ entries: ActivityEntry[]; next: number | undefined }> {
  const rows = await db().securityEvent.findMany({
    where: {
      userId,
      type: { not: 'reanchored' },
      ...(before !== undefined && { position: { lt: before } }),
    },
    orderBy: { position: 'desc' },
    take: PAGE_ROWS + 1,
    include: { messages: { select: { sentAt: true, deliveredAt: true, failedAt: true } } },
  })
  const shown = rows.slice(0, PAGE_ROWS)
  const entries = shown.map(
    ({ position, type, at, ip, userAgent, reference, detail, messages }) => {
      const { about, previous, what } = readDetail(detail)
      return {
        position,
        type,
        at,
        ip,
        userAgent,
        reference,
        ...(about && { about }),
        ...(previous && { previous }),
        ...(what && { what }),
        notices: tallyOf(messages.map(deliveryStatusOf)),
      }
    },
  )
  return { entries, next: rows.length > PAGE_ROWS ? shown.at(-1)?.position : undefined }
}

function tallyOf(states: readonly DeliveryStatus[]): NoticeCounts {
  const count = (state: DeliveryStatus) => states.filter((one) => one === state).length
  return {
    sending: count('sending'),
    sent: count('sent'),
    delivered: count('delivered'),
    failed: count('failed'),
  }
}
