import type { AnyAddress } from '@/lib/addresses'
import { channelTo } from '@/lib/messaging'
import { type Refused, refuse } from '@/lib/platform/result'
import { logSecurity, type SecurityEventName } from '@/lib/platform/security-log'
import type { Channel, Purpose } from '@/prisma/client/enums'
import type { CodeRefusal } from './code-refusal'

/** A challenge, as its log lines name it: a decoy has no account. */
type Subject = { userId: string | null; purpose: Purpose; rateLimitKey: string }

/** How its code goes to numbers. */
type Sent = { phoneChannel?: Channel | null }

const REFUSALS: Record<CodeRefusal, SecurityEventName> = {
  code_wrong: 'authn_login_fail',
  code_expired: 'authn_login_fail',
  code_superseded: 'authn_login_fail',
  code_exhausted: 'authn_login_fail_max',
  code_blocked: 'authn_login_fail_max',
  challenge_gone: 'sequence_fail',
}

/** Logs that a code was made for a challenge. That of a decoy is sent to nobody. */
export function logCode(challenge: Subject & Sent, recipients: readonly AnyAddress[]): void {
  const reason = recipients.length > 0 ? 'sent' : 'decoy'
  const facts = { ...factsOf(challenge), ...channelOf(recipients, challenge) }
  logSecurity('authn_token_created', { ...facts, subject: 'code', reason })
}

/** Logs that the right code was entered, when the transaction that passes has committed. */
export const logPassed = (challenge: Subject & Sent, recipients: readonly AnyAddress[]) =>
  logSecurity('authn_login_success', {
    ...factsOf(challenge),
    ...channelOf(recipients, challenge),
  })

/** Logs that a code was refused. */
export const logRefused = (challenge: Subject, reason: CodeRefusal) =>
  logSecurity(REFUSALS[reason], { ...factsOf(challenge), reason })

/** Logs that no attempts are left at the account, whatever the code was. */
export const logUsedUp = (challenge: Subject) =>
  logSecurity('authn_login_fail_max', { ...factsOf(challenge), reason: 'attempts_used_up' })

/** Refuses a step of a flow that was not begun, is over, or lacks its code, and logs that. */
export function refuseGone(purpose: Purpose): Refused<'challenge_gone'> {
  logSecurity('sequence_fail', { purpose, reason: 'challenge_gone' })
  return refuse('challenge_gone')
}

/** Logs a request for a new code that was refused. */
export function logResendRefused(challenge: Subject, reason: string): void {
  const facts = { ...factsOf(challenge), limit: 'resend', reason }
  logSecurity('excess_rate_limit_exceeded', facts)
}

function channelOf(recipients: readonly AnyAddress[], { phoneChannel }: Sent) {
  const [first] = recipients
  if (first === undefined) return {}
  const kinds = new Set(recipients.map(({ kind }) => kind))
  return { channel: kinds.size > 1 ? 'both' : channelTo(first, phoneChannel) }
}

const factsOf = ({ userId, purpose, rateLimitKey }: Subject) => ({
  userId,
  purpose,
  identifier: rateLimitKey,
})
