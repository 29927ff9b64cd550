import { AsyncLocalStorage } from 'node:async_hooks'
import { keyedHash } from './crypto'
import { log } from './log'
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
  sequence_fail: 'failure',
  session_created: 'success',
  session_expired: 'success',
  session_use_after_expire: 'failure',
  sys_shutdown: 'success',
  sys_startup: 'success',
  user_created: 'success',
  user_updated: 'success',
} as const

export type SecurityEventName = keyof typeof OUTCOMES

type Outcome = (typeof OUTCOMES)[SecurityEventName]

/** What a line says besides its event. Words and ids of the product only, never what was typed. */
export type SecurityFacts = {
  /** The account; null for an unknown one. Not given: the signed-in customer of the request. */
  userId?: string | null
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
  /** The submitted identifier or its blind index. Only a keyed hash of it is written. */
  identifier?: string
  /** Where it is not that of the event: an operator's act can be refused. */
  outcome?: Outcome
  /** The operating system's id of the operator who ran a command. */
  operator?: number
}

type Line = { event: SecurityEventName; facts: SecurityFacts }

/** The lines of the present transaction, which are written when it has committed. */
const held = new AsyncLocalStorage<Line[]>()

/**
 * Writes one log line for a security event (ASVS 5.0 16.3): event, outcome, account, request id,
 * and keyed hashes of network and identifier, which tell equal ones and reveal none. Inside a
 * transaction the line waits for its commit. Never throws: no request fails because of its log.
 */
export function logSecurity(event: SecurityEventName, facts: SecurityFacts = {}): void {
  const lines = held.getStore()
  if (lines) lines.push({ event, facts })
  else write({ event, facts })
}

/** Runs a transaction and writes its lines after the commit. One that rolls back writes none. */
export async function writeAfterCommit<Value>(transaction: () => Promise<Value>): Promise<Value> {
  const lines: Line[] = []
  const value = await held.run(lines, transaction)
  lines.forEach(write)
  return value
}

/** Marks the lines of a part of a transaction; the returned function drops those since the mark. */
export function markLines(): () => void {
  const lines = held.getStore() ?? []
  const mark = lines.length
  return () => void lines.splice(mark)
}

function write({ event, facts }: Line) {
  try {
    const { userId, identifier, outcome = OUTCOMES[event], ...words } = facts
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

const pseudonym = (text: string, context: string) =>
  keyedHash(text, context).slice(0, PSEUDONYM_CHARACTERS)
