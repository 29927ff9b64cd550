import { describe, expect, it } from 'vitest'
import { logIn } from '@/lib/accounts'
import { resendCode } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { endRestoredCodes, passReset, requestLift } from '@/lib/recovery'
import {
  atOnce,
  callerOf,
  countOutcomes,
  DAY,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newOrigin,
  OTHER_PASSWORD,
} from '../support/accounts'
import { kindsTo, readOutbox } from '../support/outbox'
import { stop } from './freeze-actions'
import { complete, completeWithCode, passedReset, start } from './reset-actions'
import { enter, makeCode, passed, rowsOf, show, wrong } from './saved-code-actions'

describe('a reset with the saved code', () => {
  it('sets the password, spends the code, and shows the one that replaces it', async () => {
    const account = await makeRecoverable()
    const code = await makeCode(account)
    const made = await completeWithCode(await passed(account, code))
    const login = { identifier: account.email.value, password: OTHER_PASSWORD }
    expect(await logIn({ ...login, origin: newOrigin(), now: NOW })).toMatchObject({ ok: true })
    const next = await show(made)
    expect(next).not.toBe(code)
    expect(await rowsOf(account)).toMatchObject([{ usedAt: NOW }, { usedAt: null, shownAt: NOW }])
    expect((await kindsTo(account.recovery)).slice(0, 2).toSorted()).toEqual([
      'notice.password_reset',
      'notice.saved_code_used',
    ])
    expect(await enter(account.email, code)).toMatchObject(refuse('code_wrong'))
    expect(await enter(account.email, next ?? '')).toMatchObject({ ok: true })
  })

  it.each([
    ['lower case', (code: string) => code.toLowerCase()],
    ['spaces and no hyphens', (code: string) => ` ${code.replaceAll('-', ' ')} `],
    ['letters for digits', (code: string) => code.replaceAll('0', 'o').replaceAll('1', 'l')],
  ])('accepts %s', async (_, write) => {
    const account = await makeAccount()
    const code = await makeCode(account)
    expect(await enter(account.phone, write(code))).toMatchObject({ ok: true })
  })

  it('sends nothing, neither at the beginning nor again', async () => {
    const account = await makeAccount()
    const code = await makeCode(account)
    const before = (await readOutbox()).length
    const { secret } = await expectDone(start(account.email, 'saved_code'))
    expect(await resendCode({ secret }, 'reset_password', newOrigin(), later(MINUTE))).toEqual(
      refuse('challenge_gone'),
    )
    expect((await readOutbox()).length).toBe(before)
    expect(await enter(account.email, code)).toMatchObject({ ok: true })
  })

  it('refuses the code of another customer, and none after five wrong ones', async () => {
    const [account, other] = [await makeAccount(), await makeAccount()]
    const [code, others] = [await makeCode(account), await makeCode(other)]
    expect(await enter(account.email, others)).toMatchObject(refuse('code_wrong'))
    const { secret } = await expectDone(start(account.email, 'saved_code'))
    for (let attempt = 1; attempt <= 5; attempt++)
      await passReset(secret, wrong(code), newOrigin(), NOW)
    expect(await passReset(secret, code, newOrigin(), NOW)).toEqual(refuse('code_exhausted'))
    const counted = { account: account.userId, path: 'saved_code', scope: 'unknown' }
    expect(await db().failureCount.findFirst({ where: counted })).toMatchObject({ failures: 6 })
  })

  it('R71 completes in one of two browsers that have the same code', async () => {
    const account = await makeAccount()
    const code = await makeCode(account)
    const secrets = await atOnce(3, () => passed(account, code))
    const outcomes = await Promise.all(secrets.map((secret) => complete(secret)))
    expect(countOutcomes(outcomes)).toEqual({ done: 1, challenge_gone: 2 })
    expect(await rowsOf(account)).toHaveLength(2)
  })

  it('is refused when its code ended after it had passed', async () => {
    const account = await makeAccount()
    const secret = await passed(account, await makeCode(account))
    await endRestoredCodes(NOW)
    expect(await complete(secret)).toEqual(refuse('challenge_gone'))
  })

  it('and one with the SMS complete once at the same moment', async () => {
    const account = await makeAccount()
    const saved = await passed(account, await makeCode(account))
    const bySms = await passedReset(account)
    const outcomes = await Promise.all([complete(saved), complete(bySms)])
    expect(countOutcomes(outcomes)).toEqual({ done: 1, challenge_gone: 1 })
  })

  it('and a freeze at the same moment leave no code that opens the account', async () => {
    const account = await makeAccount()
    const secret = await passed(account, await makeCode(account))
    const [outcome] = await Promise.all([complete(secret), stop(account, NOW)])
    const rows = await rowsOf(account)
    expect(rows.filter(({ usedAt, endedAt }) => !usedAt && !endedAt)).toEqual([])
    expect(rows).toHaveLength(outcome.ok ? 2 : 1)
  })

  it('restricts the account, and a code to any address lifts that', async () => {
    const account = await makeRecoverable()
    const code = await makeCode(account)
    await expectDone(complete(await passed(account, code, later(DAY)), OTHER_PASSWORD, later(DAY)))
    const held = await db().address.findMany({ where: { userId: account.userId, kind: 'phone' } })
    const lift = requestLift(callerOf(account, later(DAY)), held[0]?.id ?? '')
    expect(await lift).toMatchObject({ ok: true })
  })

  it('opens nothing when the account is frozen', async () => {
    const account = await makeAccount()
    const code = await makeCode(account)
    await stop(account, NOW)
    expect(await enter(account.email, code)).toMatchObject(refuse('code_wrong'))
  })
})
