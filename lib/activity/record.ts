import type { HeldAddress } from '@/lib/addresses'
import { sendMessages } from '@/lib/messaging'
import { type LockedUser, lockUser } from '@/lib/platform/db'
import { parseLocale } from '@/lib/platform/locale'
import { type AnyTx, columns, sendIn, statement } from '@/lib/platform/statement'
import { Prisma } from '@/prisma/client/client'
import type { Channel } from '@/prisma/client/enums'
import { type ChainEnd, findEnd, hashEnd } from './chain'
import { logEvent } from './event-lines'
import { makeRow, type RecordedEvent, type Written } from './event-row'
import { noticesOf, type Reader } from './notices'
import { makeResetLinks, writeResetLinks } from './reset-link'
import { INSERT_SECURE_LINKS, linkValues, makeSecureLinks } from './secure-link'
import { type EarlierNotices, type Plan, planNotice, readEarlierNotices } from './sms-notices'

/** What an event follows: the end of the activity and the earlier notices, under the lock of its user. */
export type BegunEvent = {
  locale: string
  name: string
  phoneChannel: Channel | null
  end: ChainEnd
  earlier: EarlierNotices | undefined
}

/**
 * Reads what the next event of a user follows, for a caller that reads more in the same round trip.
 * `locked`: the lock of the user, if the caller took it or has sent its statement. The result is valid
 * for one event of the same transaction.
 */
export async function beginEvent(
  tx: AnyTx,
  event: Pick<RecordedEvent, 'userId' | 'type' | 'now'>,
  locked: LockedUser | Promise<LockedUser> = lockUser(tx, event.userId),
): Promise<BegunEvent> {
  const [{ locale, name, phoneChannel }, end, earlier] = await Promise.all([
    locked,
    findEnd(tx, event.userId),
    readEarlierNotices(tx, event),
  ])
  return { locale, name, phoneChannel, end, earlier }
}

/**
 * Writes a security event, chained to the one before it, and a notification to every address of
 * `notify`, each with its own secure link, in the transaction of its cause (NIST SP 800-63B-4 4.6).
 * An unconfirmed address gets no notification, a usable primary e-mail excepted: it may belong to a
 * stranger. A recycled number gets none, because a
 * stranger reads it. SMS about new devices are gathered (`planNotice`).
 * Returns the id and the reference of the event. `begun` is what `beginEvent` has read for it.
 */
export async function recordEvent(
  tx: AnyTx,
  event: RecordedEvent,
  begun?: BegunEvent,
): Promise<{ id: string; reference: string }> {
  const { userId } = event
  const { end, earlier, ...reader } = begun ?? (await beginEvent(tx, event))
  const plan = await planNotice(tx, event, earlier)
  const row = makeRow(event, end)
  logEvent(userId, event.type)
  const locale = parseLocale(reader.locale)
  await writeEvent(tx, { ...event, ...plan }, row, { ...reader, locale })
  return row
}

const EVENT = columns(Prisma.SecurityEventScalarFieldEnum)

const WRITE_EVENT = statement(
  'write_event',
  `with event as (
    insert into "SecurityEvent" (${EVENT}) select ${EVENT} from jsonb_populate_record(null::"SecurityEvent", $1::jsonb)
    returning id
  ), head as (
    update "User" set "activityHead" = $3 where id = $2::uuid
  ) ${INSERT_SECURE_LINKS}`,
)

/** Whether notifications go to an address: it is usable, and not a recycled number. */
export const isReader = ({
  isUsable,
  isRecycled,
}: Pick<HeldAddress, 'isUsable' | 'isRecycled'>): boolean => isUsable && !isRecycled

/** Writes the row, the hash of its end and its secure links by one statement, and its messages. */
async function writeEvent(
  tx: AnyTx,
  { userId, notify, tell = [], what, now, due, vetoLinks, smsDueAt }: RecordedEvent & Plan,
  row: Written,
  reader: Reader,
): Promise<void> {
  const linked = notify.filter(isReader)
  const [links, resetLinks] = [makeSecureLinks(linked), what ? makeResetLinks(linked) : []]
  const told = tell.filter(isReader)
  const given = { links, resetLinks, due, vetoLinks, smsDueAt, now }
  const messages = noticesOf(row, reader, { linked, told, ...given })
  const written = [JSON.stringify(row), userId, hashEnd(userId, row), ...linkValues(links, now)]
  await Promise.all([
    sendIn(tx, WRITE_EVENT, written),
    what && writeResetLinks(tx, resetLinks, now),
    sendMessages(tx, messages, now),
  ])
}
