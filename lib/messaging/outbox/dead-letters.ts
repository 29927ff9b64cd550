import { z } from 'zod'
import { db, transaction } from '@/lib/platform/db'
import { done, type Result, refuse } from '@/lib/platform/result'
import type { Message } from '@/prisma/client/client'
import { CODE_KINDS, isCode } from '../content/content'
import { enqueue } from './queue'

const SHOWN = {
  id: true,
  kind: true,
  channel: true,
  createdAt: true,
  failedAt: true,
  attempts: true,
  lastError: true,
} as const

/** A message that was given up before any provider took it. It says why, and not to whom. */
export type DeadLetter = Pick<Message, keyof typeof SHOWN>

export type ReplayRefusal = 'unknown' | 'code' | 'sent' | 'waiting' | 'nobody' | 'expired' | 'wiped'

/** Every dead letter, in the order in which they were given up. What was meant for nobody is none. */
export function listDeadLetters(): Promise<DeadLetter[]> {
  return db().message.findMany({
    where: { sentAt: null, failedAt: { not: null }, sealedTo: { not: null } },
    select: SHOWN,
    orderBy: [{ failedAt: 'asc' }, { id: 'asc' }],
  })
}

/**
 * Gives a dead letter all its attempts again, and a job, in one transaction. Of several calls at once, one succeeds.
 *
 * Refused: `unknown`; `code`, because nobody waits for an old code; `sent` when a provider took it; `waiting` when it was not
 * given up; `nobody` when it has no recipient; `expired`; `wiped` when its body is gone.
 */
export async function replayMessage(
  id: string,
  now: Date,
): Promise<Result<undefined, ReplayRefusal>> {
  if (!z.uuid().safeParse(id).success) return refuse('unknown')
  return transaction(async (tx) => {
    const [revived] = await tx.message.updateManyAndReturn({
      where: { id, ...replayable(now) },
      data: { attempts: 0, failedAt: null, lastError: null },
    })
    if (!revived) return refuse(nameObstacle(await tx.message.findUnique({ where: { id } }), now))
    await enqueue(tx, [{ id, kind: revived.kind }])
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
