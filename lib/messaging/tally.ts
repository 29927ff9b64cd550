import { pool } from '@/lib/db'
import type { Message } from '@/prisma/client/client'
import { inBatches } from './batch'

// Every message passes here twice. What several ask for at the same time is one statement, and one wait for the disk.

const FIND = 'SELECT * FROM "Message" WHERE id = ANY($1::uuid[]) AND "sentAt" IS NULL AND "failedAt" IS NULL'

const SETTLE = `
  UPDATE "Message" AS message SET
    "sentAt" = sent.at, provider = sent.provider, "providerId" = sent."providerId", attempts = sent.attempts,
    "lastError" = NULL, "sealedBody" = NULL
  FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::int[]) AS sent(id, at, provider, "providerId", attempts)
  WHERE message.id = sent.id AND message."sentAt" IS NULL AND message."failedAt" IS NULL`

type Acceptance = { id: string; at: Date; provider: string; providerId: string; attempts: number }

/** A message that is still to be sent; nothing when it is settled, or gone. */
export const findUnsettled = inBatches(async (ids: readonly string[]) => {
  const { rows } = await pool().query<Message>(FIND, [ids])
  const messages = new Map(rows.map((message) => [message.id, message]))
  return ids.map((id) => messages.get(id))
})

/** Settles a message as sent, and wipes what it said. */
export const settleSent = inBatches(async (sent: readonly Acceptance[]) => {
  const column = <Name extends keyof Acceptance>(name: Name) => sent.map((acceptance) => acceptance[name])
  const values = [column('id'), column('at'), column('provider'), column('providerId'), column('attempts')]
  await pool().query(SETTLE, values)
  return sent.map(() => undefined)
})
