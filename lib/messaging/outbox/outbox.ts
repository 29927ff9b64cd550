import { randomUUID } from 'node:crypto'
import { seal } from '@/lib/platform/crypto'
import { metrics } from '@/lib/platform/metrics'
import { afterCommit } from '@/lib/platform/security-log'
import { type AnyTx, sendIn, statement } from '@/lib/platform/statement'
import { currentTraceparent } from '@/lib/platform/tracing'
import { kindOf, type Outgoing, SEALED_BODY, SEALED_TO, writeContent } from '../content/content'
import { rankOf, urgencyOf } from '../content/urgency'
import { atOnce } from './at-once'
import { silenceEnds } from './fall-back'
import { wakeWorkers } from './wake-up'

/**
 * Writes messages in the caller's transaction: they exist if and only if it commits, and are sent
 * afterwards. Address and content are encrypted. A message without a recipient takes
 * the same statements and the same encryption, so that the duration does not reveal whether an
 * account exists. The worker settles it without sending.
 */
export async function sendMessages(
  tx: AnyTx,
  messages: readonly Outgoing[],
  now: Date,
): Promise<void> {
  if (messages.length === 0) return
  const rows = messages.map((message) => toRow(message, now))
  await sendIn(tx, WRITE_MESSAGES, [JSON.stringify(rows)])
  afterCommit(() => {
    wakeWorkers()
    for (const { channel, kind } of rows) metrics.messagesWritten.inc({ channel, kind })
  })
}

const WRITE_MESSAGES = statement(
  'write_messages',
  `insert into "Message" (id, channel, kind, "sealedTo", "sealedBody", locale, "eventId", "challengeId", "userId",
    "createdAt", "dueAt", "expiresAt", "fallbackAt", urgency, "runAt", trace)
  select id, channel, kind, "sealedTo", "sealedBody", locale, "eventId", "challengeId", "userId",
    "createdAt", "dueAt", "expiresAt", "fallbackAt", urgency, coalesce("dueAt", ${atOnce('"createdAt"')}), trace
  from jsonb_populate_recordset(null::"Message", $1::jsonb)`,
)

function toRow(
  { id = randomUUID(), to, channel, content, locale, dueAt, expiresAt, ...causes }: Outgoing,
  now: Date,
) {
  const sealedTo = seal(to?.value ?? '', SEALED_TO)
  const kind = kindOf(content)
  const urgency = rankOf(urgencyOf(kind))
  return {
    id,
    channel,
    kind,
    sealedTo: to && sealedTo,
    sealedBody: seal(writeContent(content), SEALED_BODY),
    locale,
    eventId: causes.eventId ?? null,
    challengeId: causes.challengeId ?? null,
    userId: causes.userId ?? null,
    createdAt: now,
    dueAt: dueAt ?? null,
    expiresAt,
    fallbackAt:
      channel === 'whatsapp'
        ? silenceEnds({ isDecoy: !to, urgency, at: dueAt ?? now, expiresAt })
        : null,
    urgency,
    trace: currentTraceparent() ?? null,
  }
}
