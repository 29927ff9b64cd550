import type { Tx } from '@/lib/platform/db'
import type { SecurityEvent } from '@/prisma/client/client'
import type { EventType } from '@/prisma/client/enums'
import { RECENT_MS } from './limits'

/**
 * Events whose notices hold more than the event tells: the link that vetoes, the words of an incident,
 * the last words to an erased account.
 */
const UNIQUE: readonly EventType[] = ['unfreeze_announced', 'incident_notified', 'erased']

/** Whether the notices of an event can be sent again: it had some within seven days. */
export const isResendable = (
  { type, at }: Pick<SecurityEvent, 'type' | 'at'>,
  notices: number,
  now: Date,
): boolean => notices > 0 && !UNIQUE.includes(type) && now.getTime() - at.getTime() < RECENT_MS

/** The event of an account with this reference, if its notices can be sent again. */
export async function findResendable(
  tx: Tx,
  userId: string,
  reference: string,
  now: Date,
): Promise<SecurityEvent | undefined> {
  const event = await tx.securityEvent.findUnique({
    where: { reference, userId },
    include: { _count: { select: { messages: true } } },
  })
  if (!event) return undefined
  const { _count: count, ...row } = event
  return isResendable(row, count.messages, now) ? row : undefined
}
