import { describe, expect, it } from 'vitest'
import { blindIndexOf } from '@/lib/addresses'
import { type AttemptOwner, chargeAttempt, refundAttempt } from '@/lib/challenges/attempts'
import { db } from '@/lib/platform/db'
import { done } from '@/lib/platform/result'
import { restoreAttemptsByCare } from '@/lib/support'
import {
  type Account,
  atOnce,
  later,
  MINUTE,
  makeAccount,
  NOW,
  newPhone,
} from '../support/accounts'
import { answer, attemptsAt, fail, issue } from './challenge-actions'

/** The address and the account of a browser that is not signed in. */
async function newOwner(): Promise<AttemptOwner & { userId: string }> {
  const { userId } = await makeAccount()
  const rateLimitKey = blindIndexOf(newPhone())
  return { purpose: 'reset_password', rateLimitKey, userId, secretHash: 'hash' }
}

const counterOf = (key: string) => db().attemptCounter.findUnique({ where: { key } })
const failuresAt = async (key: string) => (await counterOf(key))?.failures ?? null
const keysOf = ({ rateLimitKey, userId }: AttemptOwner) => [
  `reset_password:address:${rateLimitKey}`,
  `reset_password:user:${userId}`,
]

/** The failures counted at the address and at the account; null without a counter. */
const countsOf = (owner: AttemptOwner) => Promise.all(keysOf(owner).map(failuresAt))

async function charge(owner: AttemptOwner, times: number) {
  for (let index = 0; index < times; index++) await chargeAttempt(owner, NOW)
}

describe('a refund of an attempt', () => {
  it('takes one from the address and one from the account', async () => {
    const owner = await newOwner()
    await charge(owner, 3)
    await charge({ ...owner, rateLimitKey: blindIndexOf(newPhone()) }, 2)
    await refundAttempt(owner)
    expect(await countsOf(owner)).toEqual([2, 4])
  })

  it('that comes twice, or ten times at once, leaves no count below zero', async () => {
    const owner = await newOwner()
    await charge(owner, 1)
    await refundAttempt(owner)
    await refundAttempt(owner)
    expect(await countsOf(owner)).toEqual([0, 0])
    await charge(owner, 3)
    await atOnce(10, () => refundAttempt(owner))
    expect(await countsOf(owner)).toEqual([0, 0])
    await charge(owner, 1)
    expect(await countsOf(owner)).toEqual([1, 1])
  })

  it('that was not counted writes no counter', async () => {
    const owner = await newOwner()
    await refundAttempt(owner)
    expect(await countsOf(owner)).toEqual([null, null])
  })

  it('takes nothing from another purpose, another address, or a signed-in customer', async () => {
    const owner = await newOwner()
    const others: AttemptOwner[] = [
      { ...owner, purpose: 'unfreeze_first' },
      { ...owner, rateLimitKey: blindIndexOf(newPhone()), userId: null },
      { ...owner, secretHash: null, userId: (await makeAccount()).userId },
    ]
    for (const other of others) await charge(other, 2)
    await charge(owner, 1)
    const rest = { where: { key: { notIn: keysOf(owner) } }, orderBy: { key: 'asc' } } as const
    const before = await db().attemptCounter.findMany(rest)
    await refundAttempt(owner)
    expect(await countsOf(owner)).toEqual([0, 0])
    expect(await db().attemptCounter.findMany(rest)).toEqual(before)
  })

  it('ends a wait that the fifth failure started, and no wait of an earlier one', async () => {
    const [fifth, sixth] = [await newOwner(), await newOwner()]
    await charge(fifth, 5)
    await refundAttempt(fifth)
    expect(await counterOf(keysOf(fifth)[0] ?? '')).toMatchObject({
      failures: 4,
      blockedUntil: null,
    })
    await charge(sixth, 5)
    await db().attemptCounter.updateMany({
      where: { key: { in: keysOf(sixth) } },
      data: { failures: 6 },
    })
    await refundAttempt(sixth)
    expect(await counterOf(keysOf(sixth)[0] ?? '')).toMatchObject({
      failures: 5,
      blockedUntil: later(30),
    })
  })
})

describe('attempts that customer care gives back', () => {
  const restore = ({ userId }: Account) =>
    restoreAttemptsByCare({ userId, reason: 'tiket 4711', now: NOW })

  it('stay used at an open challenge, and a new one has all five', async () => {
    const account = await makeAccount()
    const rateLimitKey = blindIndexOf(account.phone)
    const whose = { userId: account.userId, rateLimitKey, recipients: [account.phone] }
    const open = await issue(whose)
    expect(await fail({ ...open, code: '500000' }, 5)).toContain('code_exhausted')
    await restore(account)
    expect(await fail({ ...open, code: '500000' }, 1)).toEqual(['code_exhausted'])
    expect(await attemptsAt(rateLimitKey)).toBe(5)
    const fresh = await issue(whose)
    expect((await fail({ ...fresh, code: '500000' }, 5)).at(-1)).toBe('code_exhausted')
  })

  it('are those of the account and its addresses, for every purpose and nobody else', async () => {
    const [account, other] = [await makeAccount(), await makeAccount()]
    const [own, foreign] = [blindIndexOf(account.phone), blindIndexOf(other.phone)]
    const counter = { failures: 7, updatedAt: NOW }
    const restored = [
      `reset_password:address:${own}`,
      `reset_password:user:${account.userId}`,
      `lift_restriction:address:${own}:${account.userId}`,
      `lift_restriction:user:${account.userId}`,
      `unfreeze_second:address:${blindIndexOf(account.email)}`,
    ]
    const kept = [
      `confirm_phone:address:${own}:${other.userId}`,
      `reset_password:address:${foreign}`,
      `reset_password:user:${other.userId}`,
    ]
    await db().attemptCounter.createMany({
      data: [...restored, ...kept].map((key) => ({ key, ...counter })),
    })
    await restore(account)
    expect(await Promise.all(restored.map(failuresAt))).toEqual(restored.map(() => null))
    expect(await Promise.all(kept.map(failuresAt))).toEqual(kept.map(() => 7))
  })
})

it('a right code clears the counts of its purpose only', async () => {
  const { userId } = await makeAccount()
  const issued = await issue({ userId })
  const elsewhere = `unfreeze_first:user:${userId}`
  await db().attemptCounter.create({ data: { key: elsewhere, failures: 3, updatedAt: NOW } })
  expect(await answer(issued, issued.code, later(MINUTE))).toEqual(done())
  expect(await failuresAt(elsewhere)).toBe(3)
})
