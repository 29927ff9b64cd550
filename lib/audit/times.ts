import { escapeLiteral } from 'pg'
import { env } from '@/lib/platform/env'
import type { Read } from './read'

const DAY_MS = 24 * 60 * 60 * 1_000
/** The housekeeping of a worker runs once an hour. */
const HOUSEKEEPING_MS = 2 * 60 * 60 * 1_000

/**
 * Times as SQL. Messages that expired before `overdue` are settled. The retention has not deleted
 * challenges that expired after `challengesSince`, nor messages after `messagesSince`: what refers to them
 * must find them. Null when the table is empty.
 */
export type Times = {
  now: string
  overdue: string
  challengesSince: string
  messagesSince: string
}

/**
 * Reads from which time on the tables are complete: from the oldest row that is left, and within the
 * retention. A day is spared for what the retention deletes meanwhile.
 */
export async function readTimes(read: Read, now: Date): Promise<Times> {
  const { RETENTION_CHALLENGES_DAYS, RETENTION_MESSAGES_DAYS } = env()
  const kept = (days: number) => asSql(now.getTime() - (days - 1) * DAY_MS)
  const [oldest] = await read<Record<'challenges' | 'messages', Date | null>>(`
    select (select min("expiresAt") from "Challenge") as challenges,
      (select min("expiresAt") from "Message" where kind <> 'notice.erased') as messages`)
  const since = (first: Date | null | undefined, days: number) =>
    first ? `greatest(${asSql(first.getTime())}, ${kept(days)})` : 'null::timestamptz'
  return {
    now: asSql(now.getTime()),
    overdue: asSql(now.getTime() - HOUSEKEEPING_MS),
    challengesSince: since(oldest?.challenges, RETENTION_CHALLENGES_DAYS),
    messagesSince: since(oldest?.messages, RETENTION_MESSAGES_DAYS),
  }
}

const asSql = (time: number) => `${escapeLiteral(new Date(time).toISOString())}::timestamptz`
