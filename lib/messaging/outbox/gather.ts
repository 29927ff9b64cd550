import { open, seal } from '@/lib/platform/crypto'
import { type AnyTx, runIn, statement } from '@/lib/platform/statement'
import type { EventType } from '@/prisma/client/enums'
import { readContent, SEALED_BODY, writeContent } from '../content/content'

/** The least time between two SMS about equal events of an account. */
const GATHER_MS = 10 * 60 * 1_000

type Equal = { userId: string; event: EventType; now: Date }

/** How the SMS about an event is sent: at once, later, or as a part of one that is not sent yet. */
export type Gathered = { how: 'at_once' } | { how: 'later'; dueAt: Date } | { how: 'joined' }

/** An SMS about an event. `dueAt`: when it is sent; null for at once. */
export type RecentSms = { eventId: string | null; createdAt: Date; dueAt: Date | null }

/** The SMS about equal events of an account that may still gather another. */
export function listRecentSms(tx: AnyTx, { userId, event, now }: Equal): Promise<RecentSms[]> {
  const recently = new Date(now.getTime() - 2 * GATHER_MS)
  return runIn(tx, RECENT_SMS, [userId, `notice.${event}`, recently])
}

const RECENT_SMS = statement<RecentSms>(
  'list_recent_sms',
  `select message."eventId", message."createdAt", message."dueAt"
  from "SecurityEvent" event join "Message" message on message."eventId" = event.id
  where event."userId" = $1::uuid and event.at > $3::timestamptz
    and message.channel = 'sms' and message.kind = $2 and message."sealedTo" is not null`,
)

/**
 * Gathers the SMS about equal events of an account (`listRecentSms`): the first goes at once, the
 * others join one that goes ten minutes later, whose text says how often it happened. The caller
 * holds the lock of the user and has not written the messages of this event yet.
 */
export async function gatherSms(
  tx: AnyTx,
  recent: readonly RecentSms[],
  now: Date,
): Promise<Gathered> {
  const [latest] = [...recent].sort((one, other) => timeOf(other) - timeOf(one))
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

async function joinWaiting(tx: AnyTx, eventId: string | null) {
  for (const { id, sealedBody } of await runIn(tx, UNSENT_SMS, [eventId])) {
    if (sealedBody === null) continue
    const content = readContent(open(sealedBody, SEALED_BODY))
    if (content.kind !== 'notice') continue
    const joined = writeContent({ ...content, times: (content.times ?? 1) + 1 })
    await runIn(tx, JOIN_SMS, [id, seal(joined, SEALED_BODY)])
  }
}

const UNSENT_SMS = statement<{ id: string; sealedBody: string | null }>(
  'list_unsent_sms',
  `select id, "sealedBody" from "Message"
  where "eventId" = $1::uuid and channel = 'sms' and "sentAt" is null and "failedAt" is null`,
)

const JOIN_SMS = statement(
  'join_sms',
  `update "Message" set "sealedBody" = $2 where id = $1::uuid and "sentAt" is null and "failedAt" is null`,
)
