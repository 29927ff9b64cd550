import { queuePool } from '@/lib/platform/db'
import type { Message } from '@/prisma/client/client'
import type { Channel } from '@/prisma/client/enums'
import { rankOf, type Urgency } from '../content/urgency'

/** The columns of a claimed message that a send needs. `attempts` counts this one. */
export type Claimed = Pick<
  Message,
  | 'id'
  | 'channel'
  | 'kind'
  | 'locale'
  | 'sealedTo'
  | 'sealedBody'
  | 'attempts'
  | 'expiresAt'
  | 'lastError'
  | 'claimedBy'
  | 'trace'
>

/** How many messages of one line are wanted at most. */
export type Wanted = { channel: Channel; urgency: Urgency; most: number }

/**
 * The attempt is counted before anything is sent, so a message that kills its worker runs out of
 * attempts. Rows that another worker locks are skipped. The update leaves every index as it is.
 */
const CLAIM = `
  WITH due AS (
    SELECT message.id FROM unnest($1::text[]::"Channel"[], $2::int[], $3::int[]) AS line(channel, urgency, most)
    CROSS JOIN LATERAL (
      SELECT id FROM "Message" WHERE channel = line.channel AND urgency = line.urgency AND "runAt" <= $4
        AND "claimedBy" IS NULL AND "sentAt" IS NULL AND "failedAt" IS NULL
      ORDER BY "runAt" LIMIT line.most FOR NO KEY UPDATE SKIP LOCKED
    ) AS message
  )
  UPDATE "Message" AS message SET "claimedBy" = $5, attempts = message.attempts + 1 FROM due WHERE message.id = due.id
  RETURNING message.id, channel, kind, locale, "sealedTo", "sealedBody", attempts, "expiresAt", "lastError", "claimedBy", trace`

const PUT_BACK = `
  UPDATE "Message" SET "claimedBy" = NULL, "runAt" = $3, attempts = $4, "lastError" = coalesce($5, "lastError")
  WHERE id = $1 AND "claimedBy" = $2 AND "sentAt" IS NULL AND "failedAt" IS NULL`

const RELEASE = `
  UPDATE "Message" SET "claimedBy" = NULL, attempts = attempts - 1
  WHERE id = ANY($1::uuid[]) AND "claimedBy" = ANY($2::uuid[]) AND "sentAt" IS NULL AND "failedAt" IS NULL`

const GIVE_BACK = `
  UPDATE "Message" SET "claimedBy" = NULL WHERE "claimedBy" = ANY($1::uuid[]) AND "runAt" IS NOT NULL`

/** Claims messages that are due for a worker, by one statement, the oldest of each line first. */
export async function claim(wanted: readonly Wanted[], workerId: string, now: Date) {
  const { rows } = await queuePool().query<Claimed>(CLAIM, [
    wanted.map(({ channel }) => channel),
    wanted.map(({ urgency }) => rankOf(urgency)),
    wanted.map(({ most }) => most),
    now,
    workerId,
  ])
  return rows
}

/** When and how a message is tried again. `lastError` undefined keeps the earlier one. */
export type NextRun = { runAt: Date; attempts: number; lastError?: string }

/** Ends the claim of a message that is tried again. Nothing happens to one that somebody else has claimed. */
export async function putBack(
  { id, claimedBy }: Claimed,
  { runAt, attempts, lastError }: NextRun,
): Promise<void> {
  await queuePool().query(PUT_BACK, [id, claimedBy, runAt, attempts, lastError ?? null])
}

/** Ends the claims of messages whose send has not begun. It does not count as an attempt. */
export async function release(messages: readonly Claimed[]): Promise<void> {
  if (messages.length === 0) return
  const column = (name: 'id' | 'claimedBy') => messages.map((message) => message[name])
  await queuePool().query(RELEASE, [column('id'), column('claimedBy')])
}

/** Ends all claims of workers that died. Returns how many. */
export async function giveBack(workerIds: readonly string[]): Promise<number> {
  return (await queuePool().query(GIVE_BACK, [workerIds])).rowCount ?? 0
}
