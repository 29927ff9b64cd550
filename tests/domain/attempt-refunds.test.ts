import { describe, expect, it } from 'vitest'
import { blindIndexesOf } from '@/lib/addresses'
import {
  type AttemptOwner,
  type AttemptScope,
  chargeAttempt,
  refundAttempt,
} from '@/lib/challenges/attempts'
import { db } from '@/lib/platform/db'
import type { ResetChoice } from '@/lib/recovery'
import { restoreAttemptsByCare } from '@/lib/support'
import {
  type Account,
  atOnce,
  expectDone,
  makeAccount,
  makeRecoverable,
  NOW,
} from '../support/accounts'
import { attemptsAt, fail, issue } from './challenge-actions'
import { complete, passedReset } from './reset-actions'

async function newOwner(scope: AttemptScope = { kind: 'unknown' }): Promise<AttemptOwner> {
  return { account: (await makeAccount()).userId, path: 'primary_phone', scope }
}

const failuresOf = async ({ account, path }: AttemptOwner) => {
  const rows = await db().failureCount.findMany({ where: { account, path } })
  return Object.fromEntries(rows.map(({ scope, failures }) => [scope, failures]))
}

async function charge(owner: AttemptOwner, times: number) {
  const charges = []
  for (let index = 0; index < times; index++) charges.push(await chargeAttempt(owner, NOW))
  const last = charges.at(-1)
  if (!last) throw new Error('nothing was charged')
  return last
}

describe('a refund of an attempt', () => {
  it('takes one from every row that counted it, and from no other', async () => {
    const owner = await newOwner({ kind: 'device', id: 'one' })
    const other: AttemptOwner = { ...owner, scope: { kind: 'device', id: 'two' } }
    const last = await charge(owner, 3)
    await charge(other, 2)
    await charge({ ...owner, scope: { kind: 'unknown' } }, 4)
    await refundAttempt(last)
    expect(await failuresOf(owner)).toEqual({
      'device:one': 2,
      'device:two': 2,
      devices: 4,
      unknown: 4,
    })
  })

  it('that comes ten times at once leaves no count below zero', async () => {
    const owner = await newOwner()
    const last = await charge(owner, 3)
    await atOnce(10, () => refundAttempt(last))
    expect(await failuresOf(owner)).toEqual({ unknown: 0 })
    await charge(owner, 1)
    expect(await failuresOf(owner)).toEqual({ unknown: 1 })
  })

  it('is made when the total is used up and the own count is not', async () => {
    const owner = await newOwner({ kind: 'link', id: 'one' })
    for (const id of ['two', 'three', 'four', 'five'])
      await charge({ ...owner, scope: { kind: 'link', id } }, 5)
    expect(await chargeAttempt(owner, NOW)).toBeUndefined()
    expect(await failuresOf(owner)).toMatchObject({ 'link:one': 0, links: 20 })
  })
})

describe('attempts that a completed reset gives back', () => {
  it.each<ResetChoice>(['primary_phone', 'recovery'])(
    'for %s are those of its path and of the password, from every browser',
    async (choice) => {
      const account = await makeRecoverable()
      const paths = ['password', 'primary_phone', 'recovery', 'remove_recovery']
      const scopes: AttemptScope[] = [{ kind: 'unknown' }, { kind: 'device', id: 'one' }]
      for (const path of paths)
        for (const scope of scopes) await charge({ account: account.userId, path, scope }, 2)
      const to = choice === 'recovery' ? account.recovery : account.phone
      await expectDone(complete(await passedReset(account, choice, to)))
      const left = await db().failureCount.findMany({ where: { account: account.userId } })
      const kept = paths.filter((path) => path !== 'password' && path !== choice)
      expect(new Set(left.map(({ path }) => path))).toEqual(new Set(kept))
    },
  )
})

describe('attempts that customer care gives back', () => {
  const restore = ({ userId }: Account) =>
    restoreAttemptsByCare({ userId, reason: 'tiket 4711', now: NOW })

  it('stay used at an open challenge, and a new one has all five', async () => {
    const account = await makeAccount()
    const rateLimitKeys = blindIndexesOf(account.phone)
    const whose = { userId: account.userId, rateLimitKeys, recipients: [account.phone] }
    const open = await issue(whose)
    expect(await fail({ ...open, code: '500000' }, 5)).toContain('code_exhausted')
    await restore(account)
    expect(await fail({ ...open, code: '500000' }, 1)).toEqual(['code_exhausted'])
    expect(await attemptsAt(rateLimitKeys[0])).toBe(5)
    const fresh = await issue(whose)
    expect((await fail({ ...fresh, code: '500000' }, 5)).at(-1)).toBe('code_exhausted')
  })

  it('are those of every path of the account, and of nobody else', async () => {
    const [account, other] = [await makeAccount(), await makeAccount()]
    const paths = ['password', 'primary_phone', 'recovery', 'lift_restriction']
    for (const { userId } of [account, other])
      for (const path of paths)
        await charge({ account: userId, path, scope: { kind: 'unknown' } }, 2)
    await restore(account)
    const left = await db().failureCount.findMany({
      where: { account: { in: [account.userId, other.userId] } },
    })
    expect(left.map(({ account, path }) => [account, path]).sort()).toEqual(
      paths.map((path) => [other.userId, path]).sort(),
    )
  })
})
