import type { Tx } from '@/lib/platform/db'
import { run } from '@/lib/platform/sql'
import { type AnyTx, sendIn, statement } from '@/lib/platform/statement'

/** Attempts at one challenge, however many codes are sent for it (ASVS 6.6.3). */
export const ATTEMPTS_PER_CHALLENGE = 5

/**
 * Wrong answers in a row that one path of an account accepts. Those of unknown browsers, known
 * devices and links add up to 100, the most that NIST SP 800-63B-4 3.2.2 allows. So strangers who
 * use up theirs leave the owner's known devices and links as they are.
 */
export const ATTEMPT_CAPS = {
  unknown: 60,
  session: 100,
  device: { own: 10, all: 20 },
  link: { own: 5, all: 20 },
} as const

const LEFT_AFTER_RESTORE = 10

/**
 * Failures that count after a backup was restored, because those since the backup are lost: ten
 * attempts are left where any were counted. Of unknown browsers every account has only ten left: the
 * backup does not tell which accounts were attacked since. A right answer deletes its count as always.
 */
export const RESTORED_ATTEMPTS = {
  perScope: {
    unknown: ATTEMPT_CAPS.unknown - LEFT_AFTER_RESTORE,
    session: ATTEMPT_CAPS.session - LEFT_AFTER_RESTORE,
    devices: ATTEMPT_CAPS.device.all - LEFT_AFTER_RESTORE,
    links: ATTEMPT_CAPS.link.all - LEFT_AFTER_RESTORE,
  },
  everyAccount: { scope: 'unknown', paths: ['password', 'primary_phone', 'recovery'] },
} as const

const TOTALS = { device: 'devices', link: 'links' } as const

/**
 * Who enters a code: an unknown browser, a known device or a browser that followed a link (`id` is the
 * hash of its secret), or a signed-in customer.
 */
export type AttemptScope =
  | { kind: 'unknown' }
  | { kind: 'session' }
  | { kind: 'device'; id: string }
  | { kind: 'link'; id: string }

/** What is tried: a password, codes to the primary phone or to the recovery addresses, or a saved code. */
export type AttemptPath = 'password' | 'primary_phone' | 'recovery' | 'saved_code'

/**
 * `account`: a user id, or for an unknown account the blind index of the submitted identifier.
 * `path`: an `AttemptPath`, or the purpose of a signed-in customer's code.
 */
export type AttemptOwner = { account: string; path: string; scope: AttemptScope }

/** A counted attempt: at whom, in which rows, and the failures of the first row. */
export type Charge = { owner: AttemptOwner; scopes: string[]; failures: number }

/**
 * Counts one failure before the answer is compared. Returns undefined when the attempts of the
 * scope are used up. A known device then counts as an unknown browser.
 */
export async function chargeAttempt(owner: AttemptOwner, now: Date): Promise<Charge | undefined> {
  const [charged] = await run(CHARGE, chargeValues(owner, now))
  return charged && chargeOf(owner, charged)
}

/** The failures of the own row and of the total, after a charge; null where none was counted. */
export type Charged = { own: number | null; total: number | null }

/**
 * The counted attempt; undefined when a cap was reached. When only the total has reached its cap, the
 * own row was counted, and that is taken back.
 */
export async function chargeOf(
  owner: AttemptOwner,
  { own, total }: Charged,
): Promise<Charge | undefined> {
  const scopes = limitsOf(owner.scope).map(([scope]) => scope)
  if (own === null) return undefined
  if (total !== null || scopes.length === 1) return { owner, scopes, failures: own }
  await refundAttempt({ owner, scopes: scopes.slice(0, 1), failures: own })
  return undefined
}

/** The values `$1` to `$7` of `charging`. */
export function chargeValues({ account, path, scope }: AttemptOwner, now: Date): unknown[] {
  const [own, total = [null, 0] as const] = limitsOf(scope)
  return [account, path, ...own, ...total, now]
}

/**
 * The parts `own` and `total` of a statement, which count one failure for each row of `source` in
 * the own row of a scope, and then in its total, if they are below their caps.
 */
export const charging = (source: string): string => `own as (
    insert into "FailureCount" as counter (account, path, scope, failures, "updatedAt")
    select $1, $2, $3, 1, $7::timestamptz from ${source}
    on conflict (account, path, scope) do update set
      failures = counter.failures + 1, "updatedAt" = excluded."updatedAt"
    where counter.failures < $4::int
    returning failures
  ), total as (
    insert into "FailureCount" as counter (account, path, scope, failures, "updatedAt")
    select $1, $2, $5::text, 1, $7::timestamptz from own where $5::text is not null
    on conflict (account, path, scope) do update set
      failures = counter.failures + 1, "updatedAt" = excluded."updatedAt"
    where counter.failures < $6::int
    returning failures
  )`

/** What `charging` counted. */
export const CHARGED = '(select failures from own) as own, (select failures from total) as total'

const CHARGE = statement<Charged>(
  'charge_attempt',
  `with ${charging('(select 1) as attempt')} select ${CHARGED}`,
)

/** Whether `chargeAttempt` would count another failure, by the failures that are counted now. */
export function hasAttempts(failures: readonly Failures[], scope: AttemptScope): boolean {
  const failuresAt = (name: string) => failures.find((row) => row.scope === name)?.failures ?? 0
  return limitsOf(scope).every(([name, cap]) => failuresAt(name) < cap)
}

/** The counted failures of one scope. */
export type Failures = { scope: string; failures: number }

/** Takes back one counted attempt. */
export async function refundAttempt({ owner: { account, path }, scopes }: Charge): Promise<void> {
  await run(REFUND, [account, path, scopes])
}

const REFUND = statement(
  'refund_attempt',
  `update "FailureCount" set failures = failures - 1
  where account = $1 and path = $2 and scope = any($3::text[]) and failures > 0`,
)

/** A right answer deletes its own count, nobody else's. */
export async function clearAttempts(tx: AnyTx, owner: AttemptOwner): Promise<void> {
  const { account, path, scope } = owner
  const isAlone = scope.kind === 'unknown' || scope.kind === 'session'
  const [own, total] = isAlone
    ? [scope.kind, '']
    : [`${scope.kind}:${scope.id}`, TOTALS[scope.kind]]
  await sendIn(tx, CLEAR, [account, path, own, total])
}

const CLEAR = statement(
  'clear_attempts',
  `with own as (
    delete from "FailureCount" where account = $1 and path = $2 and scope = $3 returning failures)
  update "FailureCount" total set failures = greatest(0, total.failures - own.failures) from own
  where total.account = $1 and total.path = $2 and total.scope = $4`,
)

/** Deletes every count of these paths of an account: a completed reset opens them again. */
export async function reopenPaths(
  tx: AnyTx,
  userId: string,
  paths: readonly AttemptPath[],
): Promise<void> {
  await sendIn(tx, REOPEN_PATHS, [userId, [...paths]])
}

const REOPEN_PATHS = statement(
  'reopen_paths',
  `delete from "FailureCount" where account = $1 and path = any($2::text[])`,
)

/**
 * Deletes every count of an account, for a customer who is locked out. The attempts of open
 * challenges stay used.
 */
export async function restoreAttempts(tx: Tx, userId: string): Promise<void> {
  await tx.failureCount.deleteMany({ where: { account: userId } })
}

type Limit = [scope: string, cap: number]

/** The rows that count an attempt, and how many each accepts. */
function limitsOf(scope: AttemptScope): [Limit] | [Limit, Limit] {
  if (scope.kind === 'unknown' || scope.kind === 'session')
    return [[scope.kind, ATTEMPT_CAPS[scope.kind]]]
  const { own, all } = ATTEMPT_CAPS[scope.kind]
  return [
    [`${scope.kind}:${scope.id}`, own],
    [TOTALS[scope.kind], all],
  ]
}
