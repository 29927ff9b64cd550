import { env } from '@/lib/platform/env'

const SECONDS = 1_000
const MINUTES = 60 * SECONDS

/**
 * From the first code to the end of the flow. A resend extends it, so that every code has its whole
 * lifetime.
 */
const CHALLENGE_LIFETIME_MS = 30 * MINUTES

/** From passing a challenge to spending it (the step after the code). */
const PASSED_LIFETIME_MS = 15 * MINUTES

/**
 * When a code that is sent now expires (at most 10 minutes: NIST SP 800-63B-4 3.1.3.2, ASVS 6.5.5).
 */
export const codeExpiry = (now: Date) =>
  new Date(now.getTime() + env().CODE_LIFETIME_SECONDS * SECONDS)

/** When the next code may be requested. */
export const resendTime = (codeSentAt: Date) =>
  new Date(codeSentAt.getTime() + env().RESEND_PAUSE_SECONDS * SECONDS)

/** A code that was sent at or before this time may be replaced now. */
export const resendHorizon = (now: Date) =>
  new Date(now.getTime() - env().RESEND_PAUSE_SECONDS * SECONDS)

export const challengeExpiry = (now: Date) => new Date(now.getTime() + CHALLENGE_LIFETIME_MS)

export const passedExpiry = (now: Date) => new Date(now.getTime() + PASSED_LIFETIME_MS)

export const latest = (one: Date, other: Date) => (one > other ? one : other)

/** Whole seconds from `now` until `then`, rounded up, never negative. */
export const secondsUntil = (then: Date, now: Date) =>
  Math.max(0, Math.ceil((then.getTime() - now.getTime()) / SECONDS))
