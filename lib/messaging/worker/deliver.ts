import { fromStored, type Phone } from '@/lib/addresses'
import { open } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import { metrics } from '@/lib/platform/metrics'
import { onPool } from '@/lib/platform/sql'
import type { Prisma } from '@/prisma/client/client'
import { isCode, SEALED_TO } from '../content/content'
import type { RenderEmail } from '../content/render-message'
import { fallBack } from '../outbox/fall-back'
import type { Ceilings } from '../spending/ceilings'
import { type AttemptResult, attemptMessage, type Clock } from './attempt'
import { type Breakers, createBreakers } from './breaker'
import { type Claimed, putBack } from './claims'
import { isAttemptAllowed, isWorthSending, nextAttemptAt } from './retry'
import { retryUntilStored } from './retry-until-stored'
import { settleSent } from './settle'

const REASON_CHARACTERS = 200

/** The outcome when we failed, not a provider. */
const FAILED = { kind: 'retry', reason: 'failed', provider: 'none' } as const

/** The breakers that all sends of this process share. */
const processBreakers = createBreakers()

/**
 * Asks whether a message with a code or a word may go to a number. It may record something first that
 * must be known when the code is entered.
 */
export type CheckNumber = (
  message: { id: string; kind: string },
  phone: Phone,
  now: Date,
) => Promise<boolean>

export type Delivery = {
  clock: Clock
  renderEmail: RenderEmail
  stop?: AbortSignal | undefined
  breakers?: Breakers
  ceilings?: Ceilings
  checkNumber?: CheckNumber | undefined
}

/**
 * Sends one claimed message, once: settles it as sent, expired, withheld or failed, or puts it back
 * for its next attempt. An SMS above a ceiling of spending is withheld, and so is a code to a number that
 * `checkNumber` refuses: nobody is told, so it looks like a decoy. A settled message is never changed.
 * `stop` aborts an attempt, which is then repeated. Rejects, and leaves the claim, when the database
 * fails.
 */
export async function deliverMessage(message: Claimed, delivery: Delivery): Promise<void> {
  const { clock } = delivery
  try {
    await deliver(message, delivery)
  } catch (error) {
    log.warn({ event: 'delivery_failed', message: message.id, error: reportError(error) })
    await recordOutcome(message, FAILED, clock())
  }
}

async function deliver(
  message: Claimed,
  { clock, renderEmail, stop, breakers = processBreakers, ceilings, checkNumber }: Delivery,
) {
  if (!isWorthSending(message, clock())) return settleUnsent(message, 'expired', clock())
  if (message.sealedTo === null) return settleDecoy(message, clock())
  if (!isAttemptAllowed(message))
    return markFailed(message, message.lastError ?? 'too many attempts', clock())
  if (checkNumber && !(await mayGo(message, checkNumber, clock())))
    return settleUnsent(message, 'withheld', clock())
  const surroundings = { clock, renderEmail, breakers, stop, ceilings }
  await recordOutcome(message, await attemptMessage(message, surroundings), clock())
}

/** A message that cannot be decrypted here goes on, and is put back as unreadable. */
async function mayGo({ id, kind, channel, sealedTo }: Claimed, check: CheckNumber, now: Date) {
  if (channel === 'email' || !isCode(kind)) return true
  const phone = readPhone(sealedTo)
  return phone === undefined || check({ id, kind }, phone, now)
}

function readPhone(sealedTo: string | null): Phone | undefined {
  try {
    return fromStored('phone', open(sealedTo ?? '', SEALED_TO))
  } catch {
    return undefined
  }
}

async function recordOutcome(message: Claimed, tried: AttemptResult, now: Date) {
  switch (tried.kind) {
    case 'accepted':
      await retryUntilStored(() =>
        settleSent({ ...tried, id: message.id, attempts: message.attempts, at: now }),
      )
      return countSettled(message, 'sent')
    case 'withheld':
      return settleUnsent(message, 'withheld', now)
    case 'rejected':
      return markFailed(message, tried.reason, now)
    case 'misconfigured':
    case 'retry': {
      const afterSeconds = tried.kind === 'retry' ? tried.afterSeconds : undefined
      const runAt = isHopeless(message, tried) ? null : nextAttemptAt(message, now, afterSeconds)
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

/** An SMS can replace a WhatsApp message at once, while every provider of WhatsApp refuses us. */
const isHopeless = ({ channel }: Claimed, { kind }: AttemptResult) =>
  channel === 'whatsapp' && kind === 'misconfigured'

function tryAgain(message: Claimed, reason: string, runAt: Date) {
  const { id, kind, attempts } = message
  log.warn({ event: 'message_retry', message: id, kind, attempts, reason, runAt })
  return putBack(message, { runAt, attempts, lastError: reason.slice(0, REASON_CHARACTERS) })
}

/** No provider was tried, so this does not count as an attempt. */
function postpone(message: Claimed, runAt: Date) {
  return putBack(message, { runAt, attempts: message.attempts - 1 })
}

/**
 * Replaces a WhatsApp message by an SMS, and makes a dead letter of any other. A notification keeps its
 * body until it expires, so that it can be replayed; the body of a code is erased.
 */
async function markFailed(message: Claimed, reason: string, now: Date) {
  log.error({
    event: 'message_failed',
    message: message.id,
    kind: message.kind,
    attempts: message.attempts,
    reason,
  })
  const replaced =
    message.channel === 'whatsapp' &&
    (await fallBack(onPool, [message.id], { cause: 'refused', reason, now }))
  if (replaced) return
  const failed = { failedAt: now, lastError: reason.slice(0, REASON_CHARACTERS) }
  await settle(message, isCode(message.kind) ? { ...failed, sealedBody: null } : failed, 'failed')
}

/**
 * A decoy of WhatsApp keeps its body, and is replaced by a decoy of an SMS when somebody asks for it,
 * as a message is: a stranger must not see by its time whether there was one.
 */
async function settleDecoy(message: Claimed, now: Date) {
  if (message.channel !== 'whatsapp') return settleUnsent(message, 'withheld', now)
  await settle(message, { failedAt: now, lastError: 'withheld' }, 'withheld')
}

async function settleUnsent(message: Claimed, reason: 'expired' | 'withheld', now: Date) {
  const ended = { fallbackAt: null, sealedBody: null }
  await settle(message, { failedAt: now, lastError: reason, ...ended }, reason)
}

async function settle(
  message: Claimed,
  data: Prisma.MessageUpdateManyMutationInput,
  state: 'failed' | 'expired' | 'withheld',
) {
  const { id, attempts } = message
  const { count } = await db().message.updateMany({
    where: { id, sentAt: null, failedAt: null },
    data: { ...data, attempts, runAt: null, claimedBy: null },
  })
  if (count > 0) countSettled(message, state)
}

function countSettled({ channel, kind }: Claimed, state: string) {
  metrics.messagesSettled.inc({ channel, kind, state })
}
