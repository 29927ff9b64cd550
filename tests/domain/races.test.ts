import { describe, expect, it } from 'vitest'
import { readProfile } from '@/lib/accounts'
import { blindIndexOf } from '@/lib/addresses'
import { confirmRecoveryAddress, requestRecoveryAddress } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { done } from '@/lib/platform/result'
import { listEntries } from '@/lib/points'
import {
  atOnce,
  callerOf,
  countOutcomes,
  expectDone,
  forgetLimits,
  later,
  makeAccount,
  newEmail,
  saveRecovery,
} from '../support/accounts'
import { breakInserts } from '../support/gate'
import { codesTo, newestCode, wrongCode } from '../support/outbox'
import { answer, attemptsAt, fail, issue } from './challenge-actions'
import { complete, passedReset, stateOf } from './reset-actions'

const failuresAt = async (rateLimitKey: string) =>
  (await db().failureCount.findFirst({ where: { account: rateLimitKey, path: 'primary_phone' } }))
    ?.failures

describe('at once', () => {
  it('R05 fifty concurrent right answers pass one challenge once', async () => {
    const issued = await issue()
    const outcomes = await atOnce(50, () => answer(issued, issued.code))
    expect(countOutcomes(outcomes).done).toBe(1)
  })

  it('R09 fifty concurrent wrong attempts count as five, for the challenge and for the address', async () => {
    const issued = await issue()
    const outcomes = await atOnce(50, (index) => answer(issued, wrongCode(issued.code, index + 1)))
    expect(countOutcomes(outcomes)).toMatchObject({ code_wrong: 4 })
    expect([await attemptsAt(issued.rateLimitKey), await failuresAt(issued.rateLimitKey)]).toEqual([
      5, 5,
    ])
    expect((await answer(issued, issued.code)).ok).toBe(false)
  })

  it('R09 fifty concurrent wrong attempts at a challenge with one attempt left count as one', async () => {
    const issued = await issue()
    await fail(issued, 4)
    await fail(await issue({ rateLimitKeys: [issued.rateLimitKey], recipients: [] }), 1)
    const outcomes = await atOnce(50, (index) =>
      answer(issued, wrongCode(issued.code, index + 1), later(30)),
    )
    const words = Object.keys(countOutcomes(outcomes))
    expect(words.filter((word) => !['code_exhausted', 'code_blocked'].includes(word))).toEqual([])
    expect(await attemptsAt(issued.rateLimitKey)).toBe(6)
  })

  it('R51 twenty confirmations credit the points once', async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    await saveRecovery(account, address)
    const code = await newestCode(address)
    const outcomes = await atOnce(20, () => confirmRecoveryAddress(callerOf(account), code))
    expect(countOutcomes(outcomes).done).toBe(1)
    expect(await listEntries(account.userId)).toMatchObject([{ amount: 1_000 }])
  })

  it('R51 four customers who confirm one address credit the points once', async () => {
    const address = newEmail()
    const accounts = await atOnce(4, () => makeAccount())
    const codes: string[] = []
    for (const account of accounts) {
      await forgetLimits()
      await saveRecovery(account, address)
      codes.push(await newestCode(address))
    }
    const confirmed = accounts.map((account, index) =>
      confirmRecoveryAddress(callerOf(account), codes[index] ?? ''),
    )
    const credited = (await Promise.all(confirmed.map(expectDone))).filter((points) => points > 0)
    expect(credited).toEqual([1_000])
  })

  it('twenty requests for one recovery address open one challenge and send one code', async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    const outcomes = await atOnce(20, () => requestRecoveryAddress(callerOf(account), address))
    expect(countOutcomes(outcomes)).toEqual({ done: 5, send_throttled: 15 })
    expect(await codesTo(account.phone)).toHaveLength(1)
  })

  it('twenty requests for twenty recovery addresses leave one challenge open', async () => {
    const account = await makeAccount()
    await atOnce(20, () => requestRecoveryAddress(callerOf(account), newEmail()))
    const open = {
      userId: account.userId,
      purpose: 'authorise_recovery',
      spentAt: null,
      closedAt: null,
    } as const
    expect(await db().challenge.count({ where: open })).toBe(1)
    expect(
      await db().challenge.count({ where: { rateLimitKey: blindIndexOf(account.phone) } }),
    ).toBe(5)
  })

  it('R05 twenty new passwords for one passed reset set one', async () => {
    const account = await makeAccount()
    const secret = await passedReset(account)
    const outcomes = await atOnce(20, (index) =>
      complete(secret, `kereta malam nomor ${index} ke Solo`),
    )
    expect(countOutcomes(outcomes)).toEqual({ done: 1, challenge_gone: 19 })
    const { user, challenges } = await stateOf(account)
    expect([user.passwordVersion, challenges.filter(({ spentAt }) => spentAt).length]).toEqual([
      2, 1,
    ])
    expect(
      await db().securityEvent.count({ where: { userId: account.userId, type: 'password_reset' } }),
    ).toBe(1)
  })
})

describe('one transaction', () => {
  it('holds confirmation, points, event and notices: none is stored when the points fail', async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    await saveRecovery(account, address)
    const { events, messages, jobs } = await stateOf(account)
    const mend = await breakInserts('PointsEntry')
    const code = await newestCode(address)
    await expect(confirmRecoveryAddress(callerOf(account), code)).rejects.toThrow(
      'inserts into PointsEntry fail',
    )
    await mend()
    expect(await stateOf(account)).toMatchObject({ events, messages, jobs })
    expect((await readProfile(account.userId)).recoveries).toMatchObject([{ confirmedAt: null }])
    expect(await confirmRecoveryAddress(callerOf(account), code)).toEqual(done(1_000))
  })
})
