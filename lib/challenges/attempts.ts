import { db, type Tx } from '@/lib/platform/db'

/** Attempts at one challenge, however many codes are sent for it (ASVS 6.6.3). */
export const ATTEMPTS_PER_CHALLENGE = 5

/**
 * Wrong answers in a row that one path of an account accepts. Those of unknown browsers, known
 * devices and links add up to 100, the most that NIST SP 800-63B-4 3.2.2 allows. So strangers who
 * use up theirs leave the owner's known devices and links as they are.
 */
const CAPS = {
  unknown: 60,
  session: 100,
  device: { own: 10, all: 20 },
  link: { own: 5, all: 20 },
} as const

const TOTALS = { device: 'devices', link: 'links' } as const

/**
 * Who answers: any browser that is not known, a known device or a link (`id`: the hash of its
 * secret), or a signed-in customer.
 */
export type AttemptScope =
  | { kind: 'unknown' }
  | { kind: 'session' }
  | { kind: 'device'; id: string }
  | { kind: 'link'; id: string }

/** What is tried: a password, or codes to the primary phone or to the recovery addresses. */
export type AttemptPath = 'password' | 'primary_phone' | 'recovery'

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
  const charge: Charge = { owner, scopes: [], failures: 0 }
  for (const [scope, cap] of limitsOf(owner.scope)) {
    const failures = await count(owner, scope, cap, now)
    if (failures === undefined) {
      await refundAttempt(charge)
      return undefined
    }
    charge.scopes.push(scope)
    charge.failures ||= failures
  }
  return charge
}

/** Whether `chargeAttempt` would count another failure. */
export async function hasAttempts({ account, path, scope }: AttemptOwner): Promise<boolean> {
  const counted = await db().failureCount.findMany({ where: { account, path } })
  const failuresAt = (name: string) => counted.find((row) => row.scope === name)?.failures ?? 0
  return limitsOf(scope).every(([name, cap]) => failuresAt(name) < cap)
}

/** Takes back one counted attempt. */
export async function refundAttempt({ owner: { account, path }, scopes }: Charge): Promise<void> {
  await db().failureCount.updateMany({
    where: { account, path, scope: { in: scopes }, failures: { gt: 0 } },
    data: { failures: { decrement: 1 } },
  })
}

/** A right answer deletes its own count, nobody else's. */
export async function clearAttempts(tx: Tx, owner: AttemptOwner): Promise<void> {
  const { account, path, scope } = owner
  if (scope.kind === 'unknown' || scope.kind === 'session') {
    await tx.failureCount.deleteMany({ where: { account, path, scope: scope.kind } })
    return
  }
  await tx.$executeRaw`
    with own as (
      delete from "FailureCount"
      where account = ${account} and path = ${path} and scope = ${`${scope.kind}:${scope.id}`}
      returning failures)
    update "FailureCount" total set failures = greatest(0, total.failures - own.failures) from own
    where total.account = ${account} and total.path = ${path} and total.scope = ${TOTALS[scope.kind]}`
}

/** Deletes every count of these paths of an account: a completed reset opens them again. */
export async function reopenPaths(
  tx: Tx,
  userId: string,
  paths: readonly AttemptPath[],
): Promise<void> {
  await tx.failureCount.deleteMany({ where: { account: userId, path: { in: [...paths] } } })
}

/**
 * Deletes every count of an account, for a customer who is locked out. The attempts of open
 * challenges stay used.
 */
export async function restoreAttempts(tx: Tx, userId: string): Promise<void> {
  await tx.failureCount.deleteMany({ where: { account: userId } })
}

type Limit = [scope: string, cap: number]

/** The rows that count an attempt, and how many each accepts. */
function limitsOf(scope: AttemptScope): Limit[] {
  if (scope.kind === 'unknown' || scope.kind === 'session') return [[scope.kind, CAPS[scope.kind]]]
  const { own, all } = CAPS[scope.kind]
  return [
    [`${scope.kind}:${scope.id}`, own],
    [TOTALS[scope.kind], all],
  ]
}

async function count({ account, path }: AttemptOwner, scope: string, cap: number, now: Date) {
  const [counted] = await db().$queryRaw<{ failures: number }[]>`
    insert into "FailureCount" as counter (account, path, scope, failures, "updatedAt")
    values (${account}, ${path}, ${scope}, 1, ${now})
    on conflict (account, path, scope) do update set
      failures = counter.failures + 1, "updatedAt" = ${now}
    where counter.failures < ${cap}
    returning failures`
  return counted?.failures
}
