import { fromStored } from '@/lib/address'
import { open } from '@/lib/crypto'
import { db, transaction } from '@/lib/db'
import { parseLocale } from '@/lib/locale'
import { log } from '@/lib/log'
import type { Message } from '@/prisma/client/client'
import { isCode, readContent, SEALED_BODY, SEALED_TO } from './content'
import { providersOf } from './providers'
import type { Outcome, Provider, Rendered } from './providers/provider'
import { enqueue } from './queue'
import { isAttemptAllowed, nextAttemptAt } from './retry'
import { renderMessage } from './texts'
import { withTimeLimit } from './time-limit'

const SEND_LIMIT_MS = 10_000
const REASON_CHARACTERS = 200

type Clock = () => Date
type Tried = Outcome & { provider: string }

/**
 * Sends one message, once: settles it as sent, expired, withheld or failed, or enqueues its next attempt. Whatever happens, a
 * message that was settled is left alone. `stop` cuts an attempt short, which then counts as one to be repeated.
 */
export async function deliverMessage(id: string, clock: Clock, stop?: AbortSignal): Promise<void> {
  const message = await countAttempt(id)
  if (!message) return
  if (message.expiresAt <= clock()) return settleUnsent(message, 'expired', clock())
  if (message.sealedTo === null) return settleUnsent(message, 'withheld', clock())
  if (!isAttemptAllowed(message)) return bury(message, message.lastError ?? 'too many attempts', clock())
  await conclude(message, await attempt(message, clock, stop), clock())
}

/** Counted before it is made: a message that kills its worker runs out of attempts, too. */
async function countAttempt(id: string) {
  const [message] = await db().message.updateManyAndReturn({
    where: { id, sentAt: null, failedAt: null },
    data: { attempts: { increment: 1 } },
  })
  return message
}

/** Asks the providers in their order, as long as they are out of order and the message is alive. */
async function attempt(message: Message, clock: Clock, stop: AbortSignal | undefined): Promise<Tried> {
  const rendered = await renderSealed(message)
  if (!rendered) return { kind: 'retry', reason: 'unreadable', provider: 'none' }
  let tried: Tried = { kind: 'retry', reason: 'cut short', provider: 'none' }
  for (const provider of providersOf(message.channel)) {
    const limitMs = Math.min(SEND_LIMIT_MS, message.expiresAt.getTime() - clock().getTime())
    if (limitMs <= 0 || stop?.aborted) return tried
    const send = (signal: AbortSignal) =>
      provider.send(rendered, { idempotencyKey: message.id, expiresAt: message.expiresAt, signal })
    tried = { ...(await withTimeLimit(limitMs, stop, send).catch(asOutage(provider))), provider: provider.name }
    if (tried.kind !== 'retry') return tried
  }
  return tried
}

/** Nothing when the key of a sealed text is gone. The error is not told: one of a parser's quotes what it could not read. */
async function renderSealed({ channel, kind, locale, sealedTo, sealedBody }: Message): Promise<Rendered | undefined> {
  try {
    const to = fromStored(channel === 'email' ? 'email' : 'phone', open(sealedTo ?? '', SEALED_TO))
    const words = await renderMessage(readContent(open(sealedBody ?? '', SEALED_BODY)), channel, parseLocale(locale))
    return { to, kind, ...words }
  } catch {
    return undefined
  }
}

function asOutage({ name }: Provider) {
  return (error: unknown): Outcome => ({ kind: 'retry', reason: `${name} ${error instanceof Error ? error.name : 'failed'}` })
}

async function conclude(message: Message, tried: Tried, now: Date) {
  switch (tried.kind) {
    case 'accepted':
      return settle(message.id, {
        sentAt: now,
        provider: tried.provider,
        providerId: tried.providerId,
        lastError: null,
        sealedBody: null,
      })
    case 'rejected':
      return bury(message, tried.reason, now)
    case 'retry': {
      const runAt = nextAttemptAt(message, now, tried.afterSeconds)
      return runAt ? tryAgain(message, tried.reason, runAt) : bury(message, tried.reason, now)
    }
    default:
      return tried satisfies never
  }
}

async function tryAgain({ id, kind, attempts }: Message, reason: string, runAt: Date) {
  log.warn({ event: 'message_retry', message: id, kind, attempts, reason, runAt })
  await transaction(async (tx) => {
    await tx.message.updateMany({
      where: { id, sentAt: null, failedAt: null },
      data: { lastError: reason.slice(0, REASON_CHARACTERS) },
    })
    await enqueue(tx, [{ id, kind, runAt }])
  })
}

/** A dead letter. The body of a notice is kept until it expires, to be sent again by hand; a code is worth nothing by then. */
async function bury(message: Message, reason: string, now: Date) {
  log.error({ event: 'message_failed', message: message.id, kind: message.kind, attempts: message.attempts, reason })
  const failed = { failedAt: now, lastError: reason.slice(0, REASON_CHARACTERS) }
  await settle(message.id, isCode(message.kind) ? { ...failed, sealedBody: null } : failed)
}

async function settleUnsent({ id }: Message, reason: 'expired' | 'withheld', now: Date) {
  await settle(id, { failedAt: now, lastError: reason, sealedBody: null })
}

async function settle(id: string, data: Partial<Message>) {
  await db().message.updateMany({ where: { id, sentAt: null, failedAt: null }, data })
}
