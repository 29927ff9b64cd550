import { metrics } from '@/lib/platform/metrics'
import { afterCommit } from '@/lib/platform/security-log'
import { onPool } from '@/lib/platform/sql'
import { type AnyTx, runIn, sendIn, statement } from '@/lib/platform/statement'
import { atOnce } from './at-once'
import { wakeWorkers } from './wake-up'

const CODE_SILENCE_MS = 20_000
const NOTICE_SILENCE_MS = 15 * 60_000
const REASON_CHARACTERS = 200
/** While no receipts come in, every message becomes due. The worker asks again within a second. */
const REPLACED_AT_ONCE = 500

/**
 * Why an SMS replaces a WhatsApp message: no receipt came, a receipt told a failure, no provider took
 * it, or the customer asked.
 */
export type FallbackCause = 'silence' | 'receipt' | 'refused' | 'asked'

type Replaced = { kind: string; isSent: boolean; isFollowed: boolean }

type Written = { isDecoy: boolean; urgency: number; at: Date; expiresAt: Date }

/**
 * When an SMS replaces a WhatsApp message without a receipt; urgency 0 is that of codes. A decoy
 * is like a message that has arrived: an SMS replaces it only when somebody asks for it.
 */
export const silenceEnds = ({ isDecoy, urgency, at, expiresAt }: Written): Date =>
  isDecoy
    ? expiresAt
    : new Date(at.getTime() + (urgency === 0 ? CODE_SILENCE_MS : NOTICE_SILENCE_MS))

/** SQL for the end of the silence, which is counted from the time that a provider took the message. */
export const silenceFrom = (at: string): string => `${at} + case when urgency = 0
  then interval '${CODE_SILENCE_MS} milliseconds' else interval '${NOTICE_SILENCE_MS} milliseconds' end`

/** A code that has arrived may still be asked for by SMS until its end. */
export const AFTER_ARRIVAL = `case when urgency = 0 then "expiresAt" end`
/** Whether a message needs no body after its arrival. */
export const KEEPS_NOTHING = 'urgency <> 0'

/**
 * Ends the WhatsApp messages of a condition, and writes an SMS with the same content, code and end of
 * life for each. `fallbackAt` is cleared under the lock of the row, so one SMS follows at most. It
 * is left out when its code was entered or replaced meanwhile.
 */
const fallBackWhere = (condition: string, skip = '') => `
  with due as (
    select id, gen_random_uuid() as "smsId", kind, "sealedTo", "sealedBody", locale, "eventId", "challengeId", "userId",
      "createdAt", "sentAt", "expiresAt", urgency, trace
    from "Message" where "fallbackAt" is not null and ${condition} for no key update ${skip}
  ), ended as (
    update "Message" message set "fallbackAt" = null, "sealedBody" = null, "runAt" = null, "claimedBy" = null,
      "failedAt" = case when message."sentAt" is null then $1::timestamptz else message."failedAt" end,
      "lastError" = case when message."sentAt" is null then $3::text else message."lastError" end
    from due where message.id = due.id
  ), followed as (
    insert into "Message" (id, channel, kind, "sealedTo", "sealedBody", locale, "eventId", "challengeId", "userId",
      "createdAt", "expiresAt", urgency, "runAt", trace)
    select "smsId", 'sms', kind, "sealedTo", "sealedBody", locale, "eventId", "challengeId", "userId",
      "createdAt", "expiresAt", urgency, ${atOnce('$1::timestamptz')}, trace
    from due where "expiresAt" > $1::timestamptz and ("challengeId" is null or exists (
      select from "Challenge" challenge where challenge.id = due."challengeId" and "passedAt" is null
        and "closedAt" is null and "codeSentAt" = due."createdAt"))
    returning id
  )
  select due.kind, due."sentAt" is not null as "isSent", followed.id is not null as "isFollowed"
  from due left join followed on followed.id = due."smsId"`

/** Records that WhatsApp messages have arrived: no SMS follows by itself. */
export async function endSilence(tx: AnyTx, ids: readonly string[]): Promise<void> {
  await sendIn(tx, END_SILENCE, [[...ids]])
}

const END_SILENCE = statement(
  'end_silence',
  `update "Message" set "fallbackAt" = ${AFTER_ARRIVAL},
    "sealedBody" = case when ${KEEPS_NOTHING} then null else "sealedBody" end
  where id = any($1::uuid[]) and "fallbackAt" is not null`,
)

const OF_IDS = statement<Replaced>('fall_back_of_ids', fallBackWhere('id = any($2::uuid[])'))

const OF_CHALLENGE = statement<Replaced>(
  'fall_back_of_challenge',
  fallBackWhere('"challengeId" = $2::uuid'),
)

const OF_SILENT = statement<Replaced>(
  'fall_back_of_silent',
  fallBackWhere(
    `"fallbackAt" <= $2::timestamptz order by "fallbackAt" limit ${REPLACED_AT_ONCE}`,
    'skip locked',
  ),
)

/**
 * Replaces WhatsApp messages by SMS in the caller's transaction. Those that were replaced before stay
 * as they are. Returns how many were ended; an SMS follows unless the code was entered or replaced
 * meanwhile.
 */
export async function fallBack(
  tx: AnyTx,
  ids: readonly string[],
  { cause, reason, now }: { cause: FallbackCause; reason: string; now: Date },
): Promise<number> {
  const words = reason.slice(0, REASON_CHARACTERS)
  const replaced = await runIn(tx, OF_IDS, [now, [...ids], words])
  return noteReplaced(replaced, cause)
}

/**
 * Replaces the WhatsApp message with the code of a challenge: the customer asked for the SMS. Returns 1
 * or 0.
 */
export async function fallBackOfChallenge(
  tx: AnyTx,
  challengeId: string,
  now: Date,
): Promise<number> {
  return noteReplaced(await runIn(tx, OF_CHALLENGE, [now, challengeId, 'asked for']), 'asked')
}

/**
 * Replaces the WhatsApp messages whose receipt has not come in time, and ends those whose life is over.
 * Returns how many.
 */
export async function fallBackSilent(now: Date): Promise<number> {
  return noteReplaced(await onPool.run(OF_SILENT, [now, now, 'silence']), 'silence')
}

function noteReplaced(replaced: readonly Replaced[], cause: FallbackCause) {
  if (replaced.length > 0)
    afterCommit(() => {
      wakeWorkers()
      for (const { kind, isSent, isFollowed } of replaced) {
        if (isFollowed) metrics.messagesWritten.inc({ channel: 'sms', kind })
        if (isFollowed) metrics.fallbacks.inc({ cause })
        if (!isSent) metrics.messagesSettled.inc({ channel: 'whatsapp', kind, state: 'failed' })
      }
    })
  return replaced.length
}
