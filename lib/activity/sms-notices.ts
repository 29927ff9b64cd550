import type { HeldAddress } from '@/lib/addresses'
import { gatherSms, isCourtesy, listRecentSms, type RecentSms } from '@/lib/messaging'
import { env } from '@/lib/platform/env'
import { type AnyTx, runIn, statement } from '@/lib/platform/statement'
import type { EventType } from '@/prisma/client/enums'

const HOUR_MS = 60 * 60 * 1_000
const DAY_MS = 24 * HOUR_MS

type Notice = { userId: string; type: EventType; now: Date }

/** Who is notified, and when the SMS go; undefined for at once. */
export type Plan = { notify: readonly HeldAddress[]; smsDueAt?: Date }

/** `isBelow`: the account may get another courtesy SMS. `recent`: its last SMS about the same event. */
export type EarlierNotices = { isBelow: boolean; recent: RecentSms[] }

/** Reads the earlier notices that decide about a new one; undefined when nothing withholds it. */
export async function readEarlierNotices(
  tx: AnyTx,
  { userId, type, now }: Notice,
): Promise<EarlierNotices | undefined> {
  if (!isCourtesy(type)) return undefined
  const [isBelow, recent] = await Promise.all([
    isBelowCeiling(tx, userId, now),
    type === 'new_device' ? listRecentSms(tx, { userId, event: type, now }) : [],
  ])
  return { isBelow, recent }
}

/**
 * Plans the SMS about an event; its e-mails always go at once. SMS about new devices are gathered,
 * and an account that has had too many SMS gets no unimportant ones. The caller took the lock of
 * the user before it read `earlier`.
 */
export async function planNotice(
  tx: AnyTx,
  { type, notify, now }: Notice & Plan,
  earlier: EarlierNotices | undefined,
): Promise<Plan> {
  if (!earlier) return { notify }
  const emails = notify.filter(({ address }) => address.kind === 'email')
  if (!earlier.isBelow) return { notify: emails }
  if (type !== 'new_device') return { notify }
  const gathered = await gatherSms(tx, earlier.recent, now)
  if (gathered.how === 'joined') return { notify: emails }
  return gathered.how === 'later' ? { notify, smsDueAt: gathered.dueAt } : { notify }
}

/** Counts the notices of every kind: one that may not be left out takes the place of another. */
async function isBelowCeiling(tx: AnyTx, userId: string, now: Date): Promise<boolean> {
  const { SMS_NOTICES_PER_ACCOUNT_HOUR: perHour, SMS_NOTICES_PER_ACCOUNT_DAY: perDay } = env()
  const [sent] = await runIn(tx, COUNT_NOTICES, [
    userId,
    new Date(now.getTime() - HOUR_MS),
    new Date(now.getTime() - DAY_MS),
  ])
  return !sent || (sent.inHour < perHour && sent.inDay < perDay)
}

const COUNT_NOTICES = statement<{ inHour: number; inDay: number }>(
  'count_sms_notices',
  `select count(*)::int as "inDay", count(*) filter (where event.at > $2::timestamptz)::int as "inHour"
  from "SecurityEvent" event join "Message" message on message."eventId" = event.id
  where event."userId" = $1::uuid and event.at > $3::timestamptz
    and message.channel <> 'email' and message."sealedTo" is not null`,
)
