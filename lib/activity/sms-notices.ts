import type { HeldAddress } from '@/lib/addresses'
import { gatherSms, isCourtesy } from '@/lib/messaging'
import type { Tx } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import type { EventType } from '@/prisma/client/enums'

const HOUR_MS = 60 * 60 * 1_000
const DAY_MS = 24 * HOUR_MS

type Notice = { userId: string; type: EventType; notify: readonly HeldAddress[]; now: Date }

/** Who is notified, and when the SMS go; undefined for at once. */
export type Plan = { notify: readonly HeldAddress[]; smsDueAt?: Date }

/**
 * Plans the SMS about an event; its e-mails always go at once. SMS about new devices are gathered,
 * and an account that has had too many SMS gets no unimportant ones. The caller holds the lock of
 * the user.
 */
export async function planNotice(tx: Tx, { userId, type, notify, now }: Notice): Promise<Plan> {
  if (!isCourtesy(type)) return { notify }
  const emails = notify.filter(({ address }) => address.kind === 'email')
  if (!(await isBelowCeiling(tx, userId, now))) return { notify: emails }
  if (type !== 'new_device') return { notify }
  const gathered = await gatherSms(tx, { userId, event: type, now })
  if (gathered.how === 'joined') return { notify: emails }
  return gathered.how === 'later' ? { notify, smsDueAt: gathered.dueAt } : { notify }
}

/** Counts the notices of every kind: one that may not be left out takes the place of another. */
async function isBelowCeiling(tx: Tx, userId: string, now: Date): Promise<boolean> {
  const { SMS_NOTICES_PER_ACCOUNT_HOUR: perHour, SMS_NOTICES_PER_ACCOUNT_DAY: perDay } = env()
  const [sent] = await tx.$queryRaw<{ inHour: number; inDay: number }[]>`
    select count(*)::int as "inDay",
      count(*) filter (where event.at > ${new Date(now.getTime() - HOUR_MS)})::int as "inHour"
    from "SecurityEvent" event join "Message" message on message."eventId" = event.id
    where event."userId" = ${userId}::uuid and event.at > ${new Date(now.getTime() - DAY_MS)}
      and message.channel = 'sms' and message."sealedTo" is not null`
  return !sent || (sent.inHour < perHour && sent.inDay < perDay)
}
