import { randomInt } from 'node:crypto'
import { isCode } from '../content/content'

/** The waits double from the first to the longest; after so many attempts a message is a dead letter, if it did not expire before. */
const LIMITS = {
  code: { attempts: 20, firstWaitSeconds: 1, longestWaitSeconds: 60 },
  other: { attempts: 30, firstWaitSeconds: 5, longestWaitSeconds: 2 * 60 * 60 },
} as const

/** Between half a wait and a whole one, so that what failed together does not come back together. */
const JITTER_PERMILLE = { least: 500, most: 1_000 } as const

/** What has less of its life left is not sent any more: it would arrive dead. */
const LEAST_LIFE_MS = 1_000

type RetriedMessage = { kind: string; attempts: number; expiresAt: Date }

/** Whether this attempt (counted from 1) is still allowed; the count also grows when a worker dies in mid-send. */
export function isAttemptAllowed({ kind, attempts }: RetriedMessage): boolean {
  return attempts <= limitsOf(kind).attempts
}

/** Whether enough of a message's life is left for it to arrive. */
export function isWorthSending(
  { expiresAt }: Pick<RetriedMessage, 'expiresAt'>,
  at: Date,
): boolean {
  return expiresAt.getTime() - at.getTime() >= LEAST_LIFE_MS
}

/** When a message is tried again, never earlier than a provider asked for; null when no attempt is left before it expires. */
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
