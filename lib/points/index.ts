import { randomUUID } from 'node:crypto'
import { type AnyAddress, mailboxIndexesOf, mailboxIndexOf } from '@/lib/addresses'
import { hashingKeyId } from '@/lib/platform/crypto'
import { db, lockHashes, type Tx } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { metrics } from '@/lib/platform/metrics'
import { done, type Result, refuse } from '@/lib/platform/result'
import { afterCommit } from '@/lib/platform/security-log'
import { onPool } from '@/lib/platform/sql'
import { type Sql, statement } from '@/lib/platform/statement'
import type { PointsReason, Prisma } from '@/prisma/client/client'

/** One ledger entry, for the customer; `amount` is negative when points were taken back. */
export type Entry = { id: string; amount: number; reason: PointsReason; createdAt: Date }

/**
 * Credits the reward for a confirmed recovery address: env().RECOVERY_REWARD_POINTS, once per user,
 * and once per mailbox or number over all users. A user whose reward was taken back may earn it
 * again with another address. Returns the points credited, 0 when the user or the mailbox was
 * rewarded before. Two unique indexes make one of several concurrent calls credit; the transaction
 * can continue.
 */
export async function creditRecoveryReward(
  tx: Tx,
  reward: { userId: string; address: AnyAddress; now: Date },
): Promise<number> {
  const { userId, address, now } = reward
  // The index compares hashes under the current key; entries of older keys are compared here.
  const mailboxIndexes = mailboxIndexesOf(address)
  if (mailboxIndexes.length > 1) await lockHashes(tx, mailboxIndexes)
  if ((await tx.pointsEntry.count({ where: { awardedFor: { in: mailboxIndexes } } })) > 0) return 0
  const reversals = await tx.pointsEntry.count({
    where: { userId, reason: 'recovery_reward_reversed' },
  })
  const amount = env().RECOVERY_REWARD_POINTS
  return insertOnce(tx, {
    userId,
    amount,
    reason: 'recovery_reward',
    idempotencyKey:
      reversals === 0 ? `recovery_reward:${userId}` : `recovery_reward:${userId}:${reversals}`,
    awardedFor: mailboxIndexOf(address),
    keyId: hashingKeyId(),
    createdAt: now,
  })
}

const CHECK_PAUSE_MS = 365 * 24 * 60 * 60 * 1_000

/**
 * Credits the reward for verifying a recovery address again: env().RECOVERY_CHECK_POINTS, once per
 * user and mailbox or number within 365 days. Returns the points credited. The unique key contains
 * the number of earlier rewards, so of several concurrent calls one credits.
 */
export async function creditRecoveryCheck(
  tx: Tx,
  reward: { userId: string; address: AnyAddress; now: Date },
): Promise<number> {
  const { userId, address, now } = reward
  const amount = env().RECOVERY_CHECK_POINTS
  const keyOf = (mailboxIndex: string) => `recovery_check:${userId}:${mailboxIndex}:`
  const mailboxIndexes = mailboxIndexesOf(address)
  if (mailboxIndexes.length > 1) await lockHashes(tx, mailboxIndexes)
  const earlier = await tx.pointsEntry.findMany({
    where: {
      userId,
      OR: mailboxIndexes.map((one) => ({ idempotencyKey: { startsWith: keyOf(one) } })),
    },
    select: { createdAt: true },
  })
  const isTooYoung = earlier.some(
    ({ createdAt }) => now.getTime() - createdAt.getTime() < CHECK_PAUSE_MS,
  )
  if (amount === 0 || isTooYoung) return 0
  return insertOnce(tx, {
    userId,
    amount,
    reason: 'recovery_check',
    idempotencyKey: `${keyOf(mailboxIndexOf(address))}${earlier.length + 1}`,
    keyId: hashingKeyId(),
    createdAt: now,
  })
}

/**
 * Reverses the reward that a mailbox or number earned for a user. Does nothing when it earned none,
 * or it was reversed before.
 */
export async function reverseRecoveryReward(
  tx: Tx,
  reward: { userId: string; address: AnyAddress; now: Date },
): Promise<void> {
  const { userId, address, now } = reward
  const entry = await tx.pointsEntry.findFirst({
    where: {
      userId,
      reason: 'recovery_reward',
      awardedFor: { in: mailboxIndexesOf(address) },
      reversedBy: null,
    },
  })
  if (!entry) return
  await insertOnce(tx, {
    userId,
    amount: -entry.amount,
    reason: 'recovery_reward_reversed',
    idempotencyKey: `reversal:${entry.id}`,
    reversesId: entry.id,
    createdAt: now,
  })
}

/** Writes an entry unless its key exists, and returns the points that it moves, then 0. */
async function insertOnce(
  tx: Tx,
  entry: Omit<Prisma.PointsEntryCreateManyInput, 'id'>,
): Promise<number> {
  const data = { id: randomUUID(), ...entry }
  const { count } = await tx.pointsEntry.createMany({ data, skipDuplicates: true })
  const { reason, amount } = entry
  if (count > 0) afterCommit(() => metrics.points.inc({ reason }, Math.abs(amount)))
  return count * amount
}

/**
 * Whether a user may spend points now. Refused: `account_frozen`; `account_restricted` with the
 * remaining seconds.
 */
export async function canSpend(
  userId: string,
  now: Date,
): Promise<Result<undefined, 'account_frozen' | 'account_restricted'>> {
  const { frozenAt, restrictedUntil } = await db().user.findUniqueOrThrow({ where: { id: userId } })
  if (frozenAt) return refuse('account_frozen')
  const remaining = (restrictedUntil?.getTime() ?? 0) - now.getTime()
  return remaining > 0 ? refuse('account_restricted', Math.ceil(remaining / 1_000)) : done()
}

/** The balance of a user: the sum of the entries, 0 without entries. */
export async function balanceOf(userId: string, sql: Sql = onPool): Promise<number> {
  const [row] = await sql.run(BALANCE, [userId])
  return row?.balance ?? 0
}

const BALANCE = statement<{ balance: number }>(
  'balance',
  `select coalesce(sum(amount), 0)::int as balance from "PointsEntry" where "userId" = $1::uuid`,
)

/** Every entry of a user, newest first. */
export function listEntries(userId: string): Promise<Entry[]> {
  return db().pointsEntry.findMany({
    where: { userId },
    select: { id: true, amount: true, reason: true, createdAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
}

/** Balance and entries from one query, so that they agree while points are credited. */
export async function statementOf(userId: string): Promise<{ balance: number; entries: Entry[] }> {
  const entries = await listEntries(userId)
  return { balance: entries.reduce((sum, { amount }) => sum + amount, 0), entries }
}
