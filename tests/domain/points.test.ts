import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type AnyAddress, fromStored, mailboxIndexOf } from '@/lib/addresses'
import { db, pool, transaction } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { balanceOf, creditRecoveryReward, listEntries, statementOf } from '@/lib/points'

const NOW = new Date('2026-03-01T10:00:00Z')

async function newUser() {
  const { id } = await db().user.create({
    data: { id: randomUUID(), name: 'Budi', passwordHash: '$argon2id$test', createdAt: NOW },
  })
  return id
}

const newAddress = () => fromStored('email', `${randomUUID()}@contoh.example`)
const newDestination = () => mailboxIndexOf(newAddress())
const credit = (userId: string, address: AnyAddress) =>
  transaction((tx) => creditRecoveryReward(tx, { userId, address, now: NOW }))
const times = <Value>(count: number, work: (index: number) => Promise<Value>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))
const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)

/** A reversal, the only kind of entry besides the reward. */
async function reverse(userId: string) {
  const [entry] = await listEntries(userId)
  if (!entry) throw new Error('nothing to reverse')
  await db().pointsEntry.create({
    data: {
      id: randomUUID(),
      userId,
      amount: -entry.amount,
      reason: 'recovery_reward_reversed',
      idempotencyKey: `reversal:${entry.id}`,
      reversesId: entry.id,
      createdAt: new Date(NOW.getTime() + 1),
    },
  })
}

describe('the reward for a recovery address', () => {
  it('is credited in full, and the customer is notified', async () => {
    const userId = await newUser()
    expect(await credit(userId, newAddress())).toBe(env().RECOVERY_REWARD_POINTS)
    expect(await statementOf(userId)).toEqual({
      balance: env().RECOVERY_REWARD_POINTS,
      entries: [
        {
          id: expect.any(String),
          amount: env().RECOVERY_REWARD_POINTS,
          reason: 'recovery_reward',
          createdAt: NOW,
        },
      ],
    })
  })

  it('is credited once by twenty concurrent requests', async () => {
    const [userId, address] = [await newUser(), newAddress()]
    const credited = await times(20, () => credit(userId, address))
    expect(credited.filter((points) => points > 0)).toHaveLength(1)
    expect(await balanceOf(userId)).toBe(env().RECOVERY_REWARD_POINTS)
  })

  it('is credited once for a user over all addresses, in sequence or concurrently', async () => {
    const userId = await newUser()
    const credited = await times(20, () => credit(userId, newAddress()))
    expect(sum([...credited, await credit(userId, newAddress())])).toBe(
      env().RECOVERY_REWARD_POINTS,
    )
    expect(await listEntries(userId)).toHaveLength(1)
  })

  it('is credited once for an address over all users, in sequence or concurrently', async () => {
    const address = newAddress()
    const users = await times(20, newUser)
    const credited = await Promise.all(users.map((userId) => credit(userId, address)))
    expect(sum([...credited, await credit(await newUser(), address)])).toBe(
      env().RECOVERY_REWARD_POINTS,
    )
    expect(sum(await Promise.all(users.map((userId) => balanceOf(userId))))).toBe(
      env().RECOVERY_REWARD_POINTS,
    )
  })

  it('does not abort its transaction when it is refused', async () => {
    const [first, second, address] = [await newUser(), await newUser(), newAddress()]
    const credited = await transaction(async (tx) => [
      await creditRecoveryReward(tx, { userId: first, address, now: NOW }),
      await creditRecoveryReward(tx, { userId: second, address, now: NOW }),
      await creditRecoveryReward(tx, { userId: second, address: newAddress(), now: NOW }),
    ])
    expect(credited).toEqual([env().RECOVERY_REWARD_POINTS, 0, env().RECOVERY_REWARD_POINTS])
  })

  it('is not credited when its transaction fails, and can be earned afterwards', async () => {
    const [userId, address] = [await newUser(), newAddress()]
    const failing = transaction(async (tx) => {
      await creditRecoveryReward(tx, { userId, address, now: NOW })
      throw new Error('later step failed')
    })
    await expect(failing).rejects.toThrow('later step failed')
    expect(await balanceOf(userId)).toBe(0)
    expect(await credit(userId, address)).toBe(env().RECOVERY_REWARD_POINTS)
  })
})

describe('the ledger', () => {
  it('of a user without entries has a balance of 0', async () => {
    const userId = await newUser()
    expect([await balanceOf(userId), await listEntries(userId)]).toEqual([0, []])
    expect(await statementOf(userId)).toEqual({ balance: 0, entries: [] })
  })

  it('lists the newest entry first, and its sum is the balance', async () => {
    const userId = await newUser()
    await credit(userId, newAddress())
    await reverse(userId)
    expect((await listEntries(userId)).map(({ amount }) => Math.sign(amount))).toEqual([-1, 1])
    expect(await balanceOf(userId)).toBe(0)
  })

  it('shows a user no entries of another', async () => {
    const [userId, otherId] = [await newUser(), await newUser()]
    await credit(otherId, newAddress())
    expect(await statementOf(userId)).toEqual({ balance: 0, entries: [] })
  })

  it('has a balance equal to the sum of its entries, at every concurrent read', async () => {
    const users = await times(10, newUser)
    const writes = Promise.all(
      users.map((userId) => credit(userId, newAddress()).then(() => reverse(userId))),
    )
    const reads = await times(200, (index) => statementOf(users[index % users.length] ?? ''))
    await writes
    for (const { balance, entries } of reads)
      expect(balance).toBe(sum(entries.map(({ amount }) => amount)))
    expect(await Promise.all(users.map((userId) => balanceOf(userId)))).toEqual(users.map(() => 0))
  })
})

describe('the database itself refuses', () => {
  it('changing an entry', async () => {
    const userId = await newUser()
    await credit(userId, newAddress())
    const change = pool().query('UPDATE "PointsEntry" SET "amount" = 1000000 WHERE "userId" = $1', [
      userId,
    ])
    await expect(change).rejects.toThrow('never changed or deleted')
    expect(await balanceOf(userId)).toBe(env().RECOVERY_REWARD_POINTS)
  })

  it('deleting an entry, one or all of them', async () => {
    const userId = await newUser()
    await credit(userId, newAddress())
    const deletion = pool().query('DELETE FROM "PointsEntry" WHERE "userId" = $1', [userId])
    await expect(deletion).rejects.toThrow('never changed or deleted')
    await expect(pool().query('TRUNCATE "PointsEntry" CASCADE')).rejects.toThrow(
      'never changed or deleted',
    )
    expect(await balanceOf(userId)).toBe(env().RECOVERY_REWARD_POINTS)
  })

  const insert = (data: {
    amount: number
    idempotencyKey: string
    awardedFor?: string
    userId: string
  }) =>
    db().pointsEntry.create({
      data: { id: randomUUID(), reason: 'recovery_reward', createdAt: NOW, ...data },
    })

  it('a second entry with the same key, or for the same address', async () => {
    const [userId, awardedFor, idempotencyKey] = [await newUser(), newDestination(), randomUUID()]
    await insert({ userId, amount: 1, idempotencyKey, awardedFor })
    const sameKey = insert({ userId, amount: 1, idempotencyKey, awardedFor: newDestination() })
    await expect(sameKey).rejects.toMatchObject({ code: 'P2002' })
    const sameAddress = insert({ userId, amount: 1, idempotencyKey: randomUUID(), awardedFor })
    await expect(sameAddress).rejects.toMatchObject({ code: 'P2002' })
  })

  it('an entry of 0 points, and a reward that names no address', async () => {
    const userId = await newUser()
    const nothing = insert({
      userId,
      amount: 0,
      idempotencyKey: randomUUID(),
      awardedFor: newDestination(),
    })
    await expect(nothing).rejects.toThrow('PointsEntry_amount')
    await expect(insert({ userId, amount: 1, idempotencyKey: randomUUID() })).rejects.toThrow(
      'PointsEntry_reward',
    )
  })
})
