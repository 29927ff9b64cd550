import { open, seal } from '@/lib/platform/crypto'
import type { Tx } from '@/lib/platform/db'
import type { EventType } from '@/prisma/client/enums'
import { readContent, SEALED_BODY, writeContent } from '../content/content'

/** The least time between two SMS about equal events of an account. */
const GATHER_MS = 10 * 60 * 1_000

type Equal = { userId: string; event: EventType; now: Date }

/** How the SMS about an event is sent: at once, later, or as a part of one that is not sent yet. */
export type Gathered = { how: 'at_once' } | { how: 'later'; dueAt: Date } | { how: 'joined' }

/**
 * Gathers the SMS about equal events of an account: the first goes at once, the others join one that
 * goes ten minutes later, whose text says how often it happened. The caller holds the lock of the
 * user and has not written the messages of this event yet.
 */
export async function gatherSms(tx: Tx, { userId, event, now }: Equal): Promise<Gathered> {
  const sms = { channel: 'sms', kind: `notice.${event}`, sealedTo: { not: null } } as const
  const recently = { gt: new Date(now.getTime() - 2 * GATHER_MS) }
  const recent = await tx.message.findMany({
    where: { ...sms, event: { userId, at: recently } },
    select: { eventId: true, createdAt: true, dueAt: true },
  })
  const [latest] = recent.sort((one, other) => timeOf(other) - timeOf(one))
  if (!latest) return { how: 'at_once' }
  const sentAt = new Date(timeOf(latest))
  const dueAt = new Date(sentAt.getTime() + GATHER_MS)
  if (sentAt <= now) return dueAt > now ? { how: 'later', dueAt } : { how: 'at_once' }
  await joinWaiting(tx, latest.eventId)
  return { how: 'joined' }
}

/** When it goes. */
const timeOf = ({ createdAt, dueAt }: { createdAt: Date; dueAt: Date | null }) =>
  Number(dueAt ?? createdAt)

async function joinWaiting(tx: Tx, eventId: string | null) {
  const unsent = { eventId, channel: 'sms', sentAt: null, failedAt: null } as const
  for (const { id, sealedBody } of await tx.message.findMany({ where: unsent })) {
    if (sealedBody === null) continue
    const content = readContent(open(sealedBody, SEALED_BODY))
    if (content.kind !== 'notice') continue
    const joined = writeContent({ ...content, times: (content.times ?? 1) + 1 })
    await tx.message.updateMany({
      where: { ...unsent, id },
      data: { sealedBody: seal(joined, SEALED_BODY) },
    })
  }
}
