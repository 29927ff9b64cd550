import { db, type Tx } from '@/lib/platform/db'
import { Purpose } from '@/prisma/client/enums'

/** Attempts at one challenge, however many codes are sent for it (ASVS 6.6.3). */
export const ATTEMPTS_PER_CHALLENGE = 5

/**
 * After every five wrong codes in a row an address must wait, each time twice as long (NIST SP
 * 800-63B-4 3.2.2).
 */
const FAILURES_PER_WAIT = 5
const FIRST_WAIT_SECONDS = 30
const LONGEST_WAIT_SECONDS = 3_600

/**
 * After so many wrong codes in a row, over all its addresses, every code of an account is refused
 * (ibid.: at most 100).
 */
const FAILURES_PER_USER = 100

/**
 * The address and the account for which attempts are counted. For a decoy, the address counts as
 * the account.
 */
export type AttemptOwner = {
  purpose: Purpose
  rateLimitKey: string
  userId: string | null
  secretHash: string | null
}

/**
 * For signed-in customers an address is counted per account: wrong codes of another account for the
 * same address do not count.
 */
const addressKey = ({ purpose, rateLimitKey, userId, secretHash }: AttemptOwner) =>
  secretHash === null
    ? `${purpose}:address:${rateLimitKey}:${userId}`
    : `${purpose}:address:${rateLimitKey}`
const userKey = ({ purpose, rateLimitKey, userId }: AttemptOwner) =>
  `${purpose}:user:${userId ?? rateLimitKey}`

type Charge = { isCovered: true } | { isCovered: false; blockedUntil: Date | null }

/**
 * Counts one failure for the address and the account before the code is compared. `isCovered` is
 * false when the address must wait until `blockedUntil`, or, with null, when the account has used
 * up its attempts. The latter must not be shown: it would reveal that two addresses belong to one
 * account.
 */
export async function chargeAttempt(holder: AttemptOwner, now: Date): Promise<Charge> {
  if (!(await countAtAddress(addressKey(holder), now)))
    return { isCovered: false, blockedUntil: await blockOf(holder) }
  if (!(await countAtUser(userKey(holder), now))) return { isCovered: false, blockedUntil: null }
  return { isCovered: true }
}

/** Takes back one counted attempt, and the waiting time that it started. */
export async function refundAttempt(holder: AttemptOwner) {
  await db().$executeRaw`
    update "AttemptCounter" set
      failures = failures - 1,
      "blockedUntil" = case when failures % ${FAILURES_PER_WAIT} = 0 then null else "blockedUntil" end
    where key in (${addressKey(holder)}, ${userKey(holder)}) and failures > 0`
}

/** A right code clears both counts. */
export async function clearAttempts(tx: Tx, holder: AttemptOwner) {
  await tx.attemptCounter.deleteMany({
    where: { key: { in: [addressKey(holder), userKey(holder)] } },
  })
}

/**
 * Deletes every counter of an account and of its addresses (their blind indexes), for a customer
 * who is locked out. The attempts of open challenges stay used.
 */
export async function restoreAttempts(
  tx: Tx,
  userId: string,
  blindIndexes: readonly string[],
): Promise<void> {
  const keys = Object.values(Purpose).flatMap((purpose) => [
    `${purpose}:user:${userId}`,
    ...blindIndexes.flatMap((blindIndex) => [
      `${purpose}:address:${blindIndex}`,
      `${purpose}:address:${blindIndex}:${userId}`,
    ]),
  ])
  await tx.attemptCounter.deleteMany({ where: { key: { in: keys } } })
}

async function countAtAddress(key: string, now: Date) {
  const counted = await db().$executeRaw`
    insert into "AttemptCounter" as counter (key, failures, "updatedAt") values (${key}, 1, ${now})
    on conflict (key) do update set
      failures = counter.failures + 1,
      "updatedAt" = ${now},
      "blockedUntil" = case when (counter.failures + 1) % ${FAILURES_PER_WAIT} = 0 then ${now}::timestamptz + interval '1 second' *
        least(${LONGEST_WAIT_SECONDS}::int, ${FIRST_WAIT_SECONDS}::int * power(2, least(20, (counter.failures + 1) / ${FAILURES_PER_WAIT} - 1)))
        end
    where counter."blockedUntil" is null or counter."blockedUntil" <= ${now}`
  return counted === 1
}

async function countAtUser(key: string, now: Date) {
  const counted = await db().$executeRaw`
    insert into "AttemptCounter" as counter (key, failures, "updatedAt") values (${key}, 1, ${now})
    on conflict (key) do update set failures = counter.failures + 1, "updatedAt" = ${now}
    where counter.failures < ${FAILURES_PER_USER}`
  return counted === 1
}

async function blockOf(holder: AttemptOwner) {
  const counter = await db().attemptCounter.findUnique({ where: { key: addressKey(holder) } })
  return counter?.blockedUntil ?? null
}
