import { randomUUID } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { type AnyAddress, mailboxIndexOf } from '@/lib/addresses'
import { db, transaction } from '@/lib/platform/db'
import {
  balanceOf,
  creditRecoveryCheck,
  creditRecoveryReward,
  listEntries,
  reverseRecoveryReward,
} from '@/lib/points'
import { later, NOW, newEmail } from '../support/accounts'
import { newUser } from '../support/address-actions'
import { closeGate } from '../support/gate'
import { hashingKeys } from './activity-actions'
import { YEAR } from './health-actions'

const credit = (userId: string, address: AnyAddress) =>
  transaction((tx) => creditRecoveryReward(tx, { userId, address, now: NOW }))
const check = (userId: string, address: AnyAddress, now = NOW) =>
  transaction((tx) => creditRecoveryCheck(tx, { userId, address, now }))
const reverse = (userId: string, address: AnyAddress, now = later(1)) =>
  transaction((tx) => reverseRecoveryReward(tx, { userId, address, now }))

const keysOf = async (userId: string) =>
  (await db().pointsEntry.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })).map(
    ({ idempotencyKey }) => idempotencyKey,
  )

/** The points module in a process that starts with these variables. */
async function pointsUnder(variables: Record<string, string>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  vi.resetModules()
  const [points, addresses, database, { hashingKeyId }] = await Promise.all([
    import('@/lib/points'),
    import('../support/accounts'),
    import('@/lib/platform/db'),
    import('@/lib/platform/crypto'),
  ])
  // The environment is read at its first use.
  hashingKeyId()
  return { ...points, ...addresses, ...database }
}

describe('the reward for a recovery address', () => {
  it('is not credited again for an address that earned it under a hashing key since replaced', async () => {
    const { old, current } = hashingKeys()
    const address = newEmail()
    const before = await pointsUnder({ HASHING_KEYS: old })
    const reward = { address, now: NOW }
    const first = await newUser()
    expect(
      await transaction((tx) => before.creditRecoveryReward(tx, { userId: first, ...reward })),
    ).toBe(1_000)
    const after = await pointsUnder({ HASHING_KEYS: `${current},${old}` })
    for (const userId of [await newUser(), first])
      expect(await transaction((tx) => after.creditRecoveryReward(tx, { userId, ...reward }))).toBe(
        0,
      )
  })

  it('is credited once by processes that credit it at the same time under different hashing keys', async () => {
    const { old, current } = hashingKeys()
    const address = newEmail()
    const users = [await newUser(), await newUser()]
    const both = [
      await pointsUnder({ HASHING_KEYS: `${old},${current}` }),
      await pointsUnder({ HASHING_KEYS: `${current},${old}` }),
    ]
    const gate = await closeGate('PointsEntry')
    const credits = both.map(({ creditRecoveryReward }, nth) =>
      transaction((tx) =>
        creditRecoveryReward(tx, { userId: users[nth] ?? '', address, now: NOW }),
      ),
    )
    await gate.crowd(2)
    await gate.open()
    expect((await Promise.all(credits)).sort()).toEqual([0, 1_000])
  })

  it('has one key for a customer, and a further one after each reversal', async () => {
    const userId = await newUser()
    const addresses = [newEmail(), newEmail(), newEmail()]
    const credited: number[] = []
    for (const address of addresses) {
      credited.push(await credit(userId, address), await credit(userId, newEmail()))
      await reverse(userId, address)
    }
    expect(credited).toEqual([1_000, 0, 1_000, 0, 1_000, 0])
    const keys = (await keysOf(userId)).filter((key) => key.startsWith('recovery_reward'))
    expect(keys).toEqual([
      `recovery_reward:${userId}`,
      `recovery_reward:${userId}:1`,
      `recovery_reward:${userId}:2`,
    ])
    expect(await balanceOf(userId)).toBe(0)
  })

  it('is not earned again after the reversal of another customer', async () => {
    const [one, other] = [await newUser(), await newUser()]
    const address = newEmail()
    await credit(one, newEmail())
    await credit(other, address)
    await reverse(other, address)
    expect(await credit(one, newEmail())).toBe(0)
  })
})

describe('the reversal of a reward', () => {
  it('touches only the entry of its address and of its customer', async () => {
    const [one, other] = [await newUser(), await newUser()]
    const [address, foreign] = [newEmail(), newEmail()]
    await credit(one, address)
    await credit(other, foreign)
    await reverse(one, newEmail())
    await reverse(one, foreign)
    expect([await balanceOf(one), await balanceOf(other)]).toEqual([1_000, 1_000])
    await reverse(one, address)
    expect([await balanceOf(one), await balanceOf(other)]).toEqual([0, 1_000])
  })

  it('takes back no points of a check', async () => {
    const [userId, address] = [await newUser(), newEmail()]
    await check(userId, address)
    await reverse(userId, address)
    expect(await balanceOf(userId)).toBe(100)
  })

  it('of each customer has a key of its own', async () => {
    const rewarded = [
      { userId: await newUser(), address: newEmail() },
      { userId: await newUser(), address: newEmail() },
    ]
    for (const { userId, address } of rewarded) {
      await credit(userId, address)
      await reverse(userId, address)
      const [reversal, reward] = await listEntries(userId)
      expect([reversal?.amount, reward?.amount]).toEqual([-1_000, 1_000])
      expect(await keysOf(userId)).toContain(`reversal:${reward?.id}`)
    }
  })

  it('that another one overtakes writes nothing, and its transaction continues', async () => {
    const [userId, address] = [await newUser(), newEmail()]
    await credit(userId, address)
    const gate = await closeGate('PointsEntry', {
      when: "NEW.reason = 'recovery_reward_reversed'",
    })
    const reversals = [1, 2].map((nth) =>
      transaction(async (tx) => {
        await reverseRecoveryReward(tx, { userId, address, now: later(nth) })
        return tx.pointsEntry.count({ where: { userId } })
      }),
    )
    await gate.crowd(2)
    await gate.open()
    expect(await Promise.all(reversals)).toEqual([2, 2])
    expect(await balanceOf(userId)).toBe(0)
  })
})

describe('the reward of a check', () => {
  it('has a key for each address and number of earlier rewards', async () => {
    const [userId, one, other] = [await newUser(), newEmail(), newEmail()]
    for (const years of [0, 1, 2]) await check(userId, one, later(years * YEAR))
    await check(userId, other, later(3 * YEAR))
    const keyOf = (address: AnyAddress) => `recovery_check:${userId}:${mailboxIndexOf(address)}`
    expect(await keysOf(userId)).toEqual([
      `${keyOf(one)}:1`,
      `${keyOf(one)}:2`,
      `${keyOf(one)}:3`,
      `${keyOf(other)}:1`,
    ])
  })

  it('is nothing, without an entry, when it is set to 0', async () => {
    hashingKeys()
    const [userId, address] = [await newUser(), newEmail()]
    const points = await pointsUnder({ RECOVERY_CHECK_POINTS: '0' })
    const reward = { userId, address, now: NOW }
    expect(await transaction((tx) => points.creditRecoveryCheck(tx, reward))).toBe(0)
    expect(await listEntries(userId)).toEqual([])
  })
})

it('lists entries of one moment in a fixed order', async () => {
  const userId = await newUser()
  const ids = Array.from({ length: 8 }, () => randomUUID())
  const rows = ids.map((id) => ({
    id,
    userId,
    amount: 1,
    reason: 'recovery_check' as const,
    idempotencyKey: id,
    createdAt: NOW,
  }))
  await db().pointsEntry.createMany({ data: rows })
  expect((await listEntries(userId)).map(({ id }) => id)).toEqual(ids.toSorted().toReversed())
})
