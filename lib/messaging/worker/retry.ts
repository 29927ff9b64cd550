import { randomInt } from 'node:crypto'
import { isCode } from '../content/content'

/**
 * The waits double from the first to the longest. After the last attempt a message is a dead
 * letter.
 */
const LIMITS = {
  code: { attempts: 20, firstWaitSeconds: 1, longestWaitSeconds: 60 },
  other: { attempts: 30, firstWaitSeconds: 5, longestWaitSeconds: 2 * 60 * 60 },
} as const

/** A random part of the wait, so that messages which failed together are not retried together. */
const JITTER_PERMILLE = { least: 500, most: 1_000 } as const

/** A message with less remaining lifetime is not sent: it would arrive expired. */
const LEAST_LIFE_MS = 1_000

type RetriedMessage = { kind: string; attempts: number; expiresAt: Date }

/**
 * Whether this attempt (counted from 1) is allowed. The count also rises when a worker dies during
 * a send.
 */
export function isAttemptAllowed({ kind, attempts }: RetriedMessage): boolean {
  return attempts <= limitsOf(kind).attempts
}

/** Whether a message has enough remaining lifetime to arrive. */
export function isWorthSending(
  { expiresAt }: Pick<RetriedMessage, 'expiresAt'>,
  at: Date,
): boolean {
  return expiresAt.getTime() - at.getTime() >= LEAST_LIFE_MS
}

/**
 * The time of the next attempt, not before a provider's Retry-After; null when no attempt is left
 * before the message expires.
 */
export function nextAttemptAt(message: RetriedMessage, now: Date, afterSeconds = 0): Date | null {
  if (!isAttemptAllowed({ ...message, attempts: message.attempts + 1 })) return null
  const at = new Date(now.getTime() + Math.max(waitMs(message), afterSeconds * 1_000))
  return isWorthSending(message, at) ? at : null
}

function waitMs({ kind, attempts }: RetriedMessage) {
  const { firstWaitSeconds, longestWaitSeconds } = limitsOf(kind)
  const wait = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** (attempts - 1))
  return wait * randomInt(JITTER_PERMILLE.least, JITTER_PERMILLE.most + 1)
}

function limitsOf(kind: string) {
  return isCode(kind) ? LIMITS.code : LIMITS.other
}
