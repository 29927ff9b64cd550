import { randomUUID } from 'node:crypto'
import { type AnyAddress, destinationOf, destinationsOf } from '@/lib/address'
import { db, type Tx } from '@/lib/db'
import { env } from '@/lib/env'
import type { PointsReason } from '@/prisma/client/client'

/** One movement of points as the customer sees it; `amount` is negative where points were taken back. */
export type Entry = { id: string; amount: number; reason: PointsReason; createdAt: Date }

/**
 * Credits the reward for a confirmed recovery address: env().RECOVERY_REWARD_POINTS, once per user, and once per mailbox or
 * number over all users. Answers the points credited, 0 when either was rewarded before. Two unique indexes decide, so of any
 * number at once one is credited, and the transaction lives on.
 */
export async function creditRecoveryReward(tx: Tx, reward: { userId: string; address: AnyAddress; now: Date }): Promise<number> {
  const { userId, address, now } = reward
  // The index compares hashes under the current key; entries of older keys are compared here.
  if ((await tx.pointsEntry.count({ where: { awardedFor: { in: destinationsOf(address) } } })) > 0) return 0
  const amount = env().RECOVERY_REWARD_POINTS
  const { count } = await tx.pointsEntry.createMany({
    data: {
      id: randomUUID(),
      userId,
      amount,
      reason: 'recovery_reward',
      idempotencyKey: `recovery_reward:${userId}`,
      awardedFor: destinationOf(address),
      createdAt: now,
    },
    skipDuplicates: true,
  })
  return count * amount
}

/** The points a user has: the sum of the entries, 0 without any. */
export async function balanceOf(userId: string): Promise<number> {
  const { _sum } = await db().pointsEntry.aggregate({ where: { userId }, _sum: { amount: true } })
  return _sum.amount ?? 0
}

/** Every entry of a user, newest first. */
export function listEntries(userId: string): Promise<Entry[]> {
  return db().pointsEntry.findMany({
    where: { userId },
    select: { id: true, amount: true, reason: true, createdAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
}

/** Balance and entries from one statement, so that they agree while points are being credited. */
export async function statementOf(userId: string): Promise<{ balance: number; entries: Entry[] }> {
  const entries = await listEntries(userId)
  return { balance: entries.reduce((sum, { amount }) => sum + amount, 0), entries }
}
