import { AsyncLocalStorage } from 'node:async_hooks'
import { keyedHash } from './crypto'
import { log } from './log'
import { metrics } from './metrics'
import { networksOf } from './networks'
import { currentRequest } from './response'

/** Enough to tell thousands of networks and identifiers apart. */
const PSEUDONYM_CHARACTERS = 16

/**
 * The events, named as in the OWASP Logging Vocabulary. `failure`: something was refused or may be
 * an attack; its line has the level "warn".
 */
const OUTCOMES = {
  authn_login_success: 'success',
  authn_login_fail: 'failure',
  authn_login_fail_max: 'failure',
  authn_login_lock: 'success',
  authn_password_change: 'success',
  authn_password_change_fail: 'failure',
  authn_token_created: 'success',
  authn_token_revoked: 'success',
  authn_token_reuse: 'failure',
  authz_admin: 'success',
  authz_change: 'success',
  authz_fail: 'failure',
  excess_rate_limit_exceeded: 'failure',
  input_validation_fail: 'failure',
  malicious_cors: 'failure',
  sensitive_read: 'success',
  sequence_fail: 'failure',
  session_created: 'success',
  session_expired: 'success',
  session_use_after_expire: 'failure',
  sys_shutdown: 'success',
  sys_startup: 'success',
  user_created: 'success',
  user_deleted: 'success',
  user_updated: 'success',
} as const

// An alert on the increase of a counter does not see the event that creates it.
for (const [event, outcome] of Object.entries(OUTCOMES))
  metrics.securityEvents.inc({ event, outcome }, 0)

export type SecurityEventName = keyof typeof OUTCOMES

type Outcome = (typeof OUTCOMES)[SecurityEventName]

/** What a line says besides its event. Words and ids of the product only, never what was typed. */
export type SecurityFacts = {
  /** The account; null for an unknown one. Not given: the signed-in customer of the request. */
  userId?: string | null
  /** Somebody on staff of the care console, who acted or is concerned. */
  staffId?: string
  /** What was proved: a purpose of a challenge, `login` or `current_password`. */
  purpose?: string
  /** Why something was refused or ended, a word. */
  reason?: string
  /** What changed: a type of the activity, or an act of customer care. */
  change?: string
  /** What kind of thing was created, ended or reached for: `code`, `device`, `secure_link`, … */
  subject?: string
  /** The limit that is used up. */
  limit?: string
  /** How a code was sent: `sms`, `email`, or `both` to several addresses. */
  channel?: string
  /** The submitted identifier or its blind index. Only a keyed hash of it is written. */
  identifier?: string
  /** Where it is not that of the event: an operator's act can be refused. */
  outcome?: Outcome
  /** The operating system's id of the operator who ran a command. */
  operator?: number
}

/** The lines and counts of the present transaction, which are written when it has committed. */
const held = new AsyncLocalStorage<(() => void)[]>()

/**
 * Writes one log line for a security event (ASVS 5.0 16.3) and counts it: event, outcome, account,
 * request id, and keyed hashes of network and identifier, which tell equal ones and reveal none.
 * Inside a transaction the line waits for its commit. Never throws: no request fails because of its
 * log.
 */
export function logSecurity(event: SecurityEventName, facts: SecurityFacts = {}): void {
  afterCommit(() => write(event, facts))
}

/**
 * Runs `work` when the present transaction has committed, and never when it rolls back; at once
 * outside a transaction. `work` must not throw.
 */
export function afterCommit(work: () => void): void {
  const lines = held.getStore()
  if (lines) lines.push(work)
  else work()
}

/** Runs a transaction and writes its lines after the commit. One that rolls back writes none. */
export async function writeAfterCommit<Value>(transaction: () => Promise<Value>): Promise<Value> {
  const lines: (() => void)[] = []
  const value = await held.run(lines, transaction)
  for (const write of lines) write()
  return value
}

/** Marks the lines of a part of a transaction; the returned function drops those since the mark. */
export function markLines(): () => void {
  const lines = held.getStore() ?? []
  const mark = lines.length
  return () => void lines.splice(mark)
}

function write(event: SecurityEventName, facts: SecurityFacts) {
  try {
    const { userId, identifier, outcome = OUTCOMES[event], ...words } = facts
    count(event, { ...words, outcome })
    const { requestId, ip, userId: signedIn } = currentRequest()
    log[outcome === 'success' ? 'info' : 'warn']({
      kind: 'security',
      event,
      outcome,
      userId: userId === undefined ? (signedIn ?? null) : userId,
      ...words,
      ...(identifier !== undefined && { identifier: pseudonym(identifier, 'log.identifier') }),
      ...(ip !== undefined && { network: pseudonym(networksOf(ip)[0]?.name ?? ip, 'log.network') }),
      requestId: requestId ?? null,
    })
  } catch {
    // What failed may be the log itself, so nothing is left to report it with.
  }
}

function count(event: SecurityEventName, facts: SecurityFacts & { outcome: Outcome }) {
  const { outcome, purpose, reason, limit, subject, channel } = facts
  metrics.securityEvents.inc({ event, outcome })
  if (limit) metrics.limitHits.inc({ limit, reason: reason ?? 'used_up' })
  if (!purpose) return
  const isRight = event === 'authn_login_success'
  if (isRight || event === 'authn_login_fail' || event === 'authn_login_fail_max')
    metrics.attempts.inc({ purpose, outcome: isRight ? 'right' : (reason ?? 'used_up') })
  if (!channel) return
  if (isRight) metrics.codesEntered.inc({ channel, purpose })
  if (subject === 'code' && reason === 'sent') metrics.codesIssued.inc({ channel, purpose })
}

const pseudonym = (text: string, context: string) =>
  keyedHash(text, context).slice(0, PSEUDONYM_CHARACTERS)
