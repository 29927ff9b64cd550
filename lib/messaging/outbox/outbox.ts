import { randomUUID } from 'node:crypto'
import { seal } from '@/lib/platform/crypto'
import type { Tx } from '@/lib/platform/db'
import { kindOf, type Outgoing, SEALED_BODY, SEALED_TO, writeContent } from '../content/content'
import { enqueue } from './queue'

/**
 * Writes messages and their jobs in the caller's transaction: they exist if and only if it commits,
 * and are sent afterwards. Address and content are encrypted. A message without a recipient takes
 * the same statements and the same encryption, so that the duration does not reveal whether an
 * account exists. The worker settles it without sending.
 */
export async function sendMessages(
  tx: Tx,
  messages: readonly Outgoing[],
  now: Date,
): Promise<void> {
  if (messages.length === 0) return
  const rows = messages.map((message) => toRow(message, now))
  await tx.message.createMany({ data: rows })
  await enqueue(
    tx,
    rows.map(({ id, kind, dueAt }) => ({ id, kind, ...(dueAt && { runAt: dueAt }) })),
  )
}

function toRow(
  { to, channel, content, locale, dueAt, expiresAt, eventId, challengeId }: Outgoing,
  now: Date,
) {
  const sealedTo = seal(to?.value ?? '', SEALED_TO)
  return {
    id: randomUUID(),
    channel,
    kind: kindOf(content),
    sealedTo: to && sealedTo,
    sealedBody: seal(writeContent(content), SEALED_BODY),
    locale,
    eventId: eventId ?? null,
    challengeId: challengeId ?? null,
    createdAt: now,
    dueAt: dueAt ?? null,
    expiresAt,
  }
}
