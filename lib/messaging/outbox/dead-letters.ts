import * as z from 'zod'
import { db, transaction } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import { afterCommit } from '@/lib/platform/security-log'
import type { Message } from '@/prisma/client/client'
import { CODE_KINDS, isCode } from '../content/content'
import { wakeWorkers } from './wake-up'

const SHOWN = {
  id: true,
  kind: true,
  channel: true,
  createdAt: true,
  failedAt: true,
  attempts: true,
  lastError: true,
} as const

/** A message that failed before a provider accepted it, without its recipient. */
export type DeadLetter = Pick<Message, keyof typeof SHOWN>

export type ReplayRefusal = 'unknown' | 'code' | 'sent' | 'waiting' | 'nobody' | 'expired' | 'wiped'

/** Every dead letter, in the order of failure. Messages without a recipient are not included. */
export function listDeadLetters(): Promise<DeadLetter[]> {
  return db().message.findMany({
    where: { sentAt: null, failedAt: { not: null }, sealedTo: { not: null } },
    select: SHOWN,
    orderBy: [{ failedAt: 'asc' }, { id: 'asc' }],
  })
}

/**
 * Resets the attempts of a dead letter and puts it into the queue again, in one transaction. One of
 * several concurrent calls succeeds.
 *
 * Refused: `unknown`; `code`, because nobody waits for an old code; `sent` when a provider accepted
 * it; `waiting` when it has not failed; `nobody` when it has no recipient; `expired`; `wiped` when
 * its body was erased.
 */
export async function replayMessage(
  id: string,
  now: Date,
): Promise<Result<undefined, ReplayRefusal>> {
  if (!z.uuid().safeParse(id).success) return refuse('unknown')
  return transaction(async (tx) => {
    const [revived] = await tx.message.updateManyAndReturn({
      where: { id, ...replayable(now) },
      data: { attempts: 0, failedAt: null, lastError: null, runAt: now },
    })
    if (!revived) return refuse(nameObstacle(await tx.message.findUnique({ where: { id } }), now))
    afterCommit(wakeWorkers)
    return done()
  })
}

function replayable(now: Date) {
  return {
    sentAt: null,
    failedAt: { not: null },
    expiresAt: { gt: now },
    sealedTo: { not: null },
    sealedBody: { not: null },
    kind: { not: { startsWith: CODE_KINDS } },
  }
}

function nameObstacle(message: Message | null, now: Date): ReplayRefusal {
  if (!message) return 'unknown'
  if (message.sentAt) return 'sent'
  if (isCode(message.kind)) return 'code'
  if (!message.failedAt) return 'waiting'
  if (message.sealedTo === null) return 'nobody'
  return message.expiresAt <= now ? 'expired' : 'wiped'
}
