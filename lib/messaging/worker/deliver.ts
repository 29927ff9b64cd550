import { db, transaction } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import type { Prisma } from '@/prisma/client/client'
import { isCode } from '../content/content'
import type { RenderEmail } from '../content/render-message'
import { enqueue } from '../outbox/queue'
import type { Ceilings } from '../spending/ceilings'
import { type AttemptResult, attemptMessage, type Clock } from './attempt'
import { type Breakers, createBreakers } from './breaker'
import { findUnsettled, settleSent, type Unsettled } from './pending-messages'
import { isAttemptAllowed, isWorthSending, nextAttemptAt } from './retry'
import { retryUntilStored } from './retry-until-stored'

const REASON_CHARACTERS = 200

/** The breakers that all sends of this process share. */
const processBreakers = createBreakers()

export type Delivery = {
  clock: Clock
  renderEmail: RenderEmail
  stop?: AbortSignal | undefined
  breakers?: Breakers
  runs?: number
  ceilings?: Ceilings
}

/**
 * Sends one message, once: settles it as sent, expired, withheld or failed, or enqueues its next
 * attempt. An SMS above a ceiling of spending is withheld: nobody is told, so it looks like a decoy.
 * A settled message is never changed. `stop` aborts an attempt, which is then repeated.
 * `runs` counts how often the job was started, this time included.
 */
export async function deliverMessage(
  id: string,
  { clock, renderEmail, stop, breakers = processBreakers, runs = 1, ceilings }: Delivery,
): Promise<void> {
  const found = await findUnsettled(id)
  if (!found) return
  // The queue counts every start of the job, so a message that kills its worker also runs out of
  // attempts.
  const message = { ...found, attempts: found.attempts + runs }
  if (!isWorthSending(message, clock())) return settleUnsent(message, 'expired', clock())
  if (message.sealedTo === null) return settleUnsent(message, 'withheld', clock())
  if (!isAttemptAllowed(message))
    return markFailed(message, message.lastError ?? 'too many attempts', clock())
  await recordOutcome(
    message,
    await attemptMessage(message, { clock, renderEmail, breakers, stop, ceilings }),
    clock(),
  )
}

async function recordOutcome(message: Unsettled, tried: AttemptResult, now: Date) {
  switch (tried.kind) {
    case 'accepted':
      return retryUntilStored(() =>
        settleSent({ ...tried, id: message.id, attempts: message.attempts, at: now }),
      )
    case 'withheld':
      return settleUnsent(message, 'withheld', now)
    case 'rejected':
      return markFailed(message, tried.reason, now)
    case 'misconfigured':
    case 'retry': {
      const runAt = nextAttemptAt(
        message,
        now,
        tried.kind === 'retry' ? tried.afterSeconds : undefined,
      )
      return runAt ? tryAgain(message, tried.reason, runAt) : markFailed(message, tried.reason, now)
    }
    case 'postponed': {
      const runAt = nextAttemptAt({ ...message, attempts: message.attempts - 1 }, tried.until)
      return runAt
        ? postpone(message, runAt)
        : markFailed(message, 'every provider is out of order', now)
    }
    default:
      return tried satisfies never
  }
}

function tryAgain(message: Unsettled, reason: string, runAt: Date) {
  const { id, kind, attempts } = message
  log.warn({ event: 'message_retry', message: id, kind, attempts, reason, runAt })
  return enqueueAgain(message, { attempts, lastError: reason.slice(0, REASON_CHARACTERS) }, runAt)
}

/** No provider was tried, so this does not count as an attempt. */
function postpone(message: Unsettled, runAt: Date) {
  return enqueueAgain(message, { attempts: message.attempts - 1 }, runAt)
}

async function enqueueAgain(
  { id, kind }: Unsettled,
  data: Prisma.MessageUpdateManyMutationInput,
  runAt: Date,
) {
  await transaction(async (tx) => {
    await tx.message.updateMany({ where: { id, sentAt: null, failedAt: null }, data })
    await enqueue(tx, [{ id, kind, runAt }])
  })
}

/**
 * Makes a dead letter. A notification keeps its body until it expires, so that it can be replayed;
 * the body of a code is erased.
 */
async function markFailed(message: Unsettled, reason: string, now: Date) {
  log.error({
    event: 'message_failed',
    message: message.id,
    kind: message.kind,
    attempts: message.attempts,
    reason,
  })
  const failed = { failedAt: now, lastError: reason.slice(0, REASON_CHARACTERS) }
  await settle(message, isCode(message.kind) ? { ...failed, sealedBody: null } : failed)
}

async function settleUnsent(message: Unsettled, reason: 'expired' | 'withheld', now: Date) {
  await settle(message, { failedAt: now, lastError: reason, sealedBody: null })
}

async function settle({ id, attempts }: Unsettled, data: Prisma.MessageUpdateManyMutationInput) {
  await db().message.updateMany({
    where: { id, sentAt: null, failedAt: null },
    data: { ...data, attempts },
  })
}
