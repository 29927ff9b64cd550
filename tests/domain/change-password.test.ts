import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { findSession, logIn } from '@/lib/accounts'
import { resendCode, viewChallenge } from '@/lib/challenges'
import { requestRecoveryAddress } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import {
  type Account,
  atOnce,
  callerOf,
  countOutcomes,
  DAY,
  expectDone,
  HOUR,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  OTHER_PASSWORD,
  PASSWORD,
  saveRecovery,
  signIn,
} from '../support/accounts'
import { breakInserts } from '../support/gate'
import { kindsTo } from '../support/outbox'
import { change } from './password-actions'
import { complete, passedReset, start, stateOf } from './reset-actions'

const tryLogIn = ({ email }: Account, password: string) =>
  logIn({ identifier: email.value, password, origin: newOrigin(), now: NOW })

describe('a change of the password', () => {
  it('is possible ten times a day, because its notices are never withheld', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW })
    onTestFinished(() => void vi.useRealTimers())
    const account = await makeAccount()
    const passwords = [PASSWORD, OTHER_PASSWORD]
    const changeAgain = (nth: number) =>
      change(account, passwords[nth % 2], passwords[(nth + 1) % 2])
    for (let nth = 0; nth < 10; nth++) await expectDone(changeAgain(nth))
    vi.setSystemTime(later(HOUR))
    expect(await changeAgain(10)).toEqual(refuse('changes_throttled', DAY - HOUR))
    vi.setSystemTime(later(DAY))
    expect(await changeAgain(10)).toMatchObject({ ok: true })
  })

  it('accepts the new one and refuses the old one', async () => {
    const account = await makeAccount()
    await expectDone(change(account))
    expect(await tryLogIn(account, PASSWORD)).toEqual(refuse('login_wrong'))
    expect(await tryLogIn(account, OTHER_PASSWORD)).toMatchObject({ ok: true })
  })

  it('R38 ends every session, and opens a new one for the caller', async () => {
    const account = await makeAccount()
    const old = await atOnce(2, () => signIn(account.userId))
    const { sessionSecret } = await expectDone(change(account))
    expect(await Promise.all(old.map((one) => findSession(one.sessionSecret, NOW)))).toEqual([
      null,
      null,
    ])
    expect(await findSession(sessionSecret, NOW)).toMatchObject({ userId: account.userId })
  })

  it('R39 notifies every address except an unconfirmed recovery address', async () => {
    const account = await makeRecoverable()
    const waiting = newPhone()
    await saveRecovery(account, waiting)
    await expectDone(change(account))
    for (const address of [account.email, account.phone, account.recovery])
      expect((await kindsTo(address))[0]).toBe('notice.password_changed')
    expect(await kindsTo(waiting)).toEqual(['code.confirm_recovery'])
  })

  it('closes every open challenge of the customer, and every reset, passed or not', async () => {
    const account = await makeAccount()
    await expectDone(requestRecoveryAddress(callerOf(account), newEmail()))
    const begun = await expectDone(start(account.email, 'primary_phone'))
    const passed = await passedReset(account)
    await expectDone(change(account))
    expect(await viewChallenge({ userId: account.userId }, 'authorise_recovery', NOW)).toBeNull()
    expect(await complete(passed)).toEqual(refuse('challenge_gone'))
    const resent = resendCode(
      { secret: begun.secret },
      'reset_password',
      newOrigin(),
      later(MINUTE),
    )
    expect(await resent).toEqual(refuse('challenge_gone'))
  })

  it('R20 requires the current password', async () => {
    const account = await makeAccount()
    const before = await stateOf(account)
    expect(await change(account, 'a wrong password')).toEqual(refuse('password_wrong'))
    expect(await change(account, '')).toEqual(refuse('password_wrong'))
    expect(await stateOf(account)).toEqual(before)
  })

  it('refuses the same, a short, a common password and one made of the customer’s addresses', async () => {
    const account = await makeRecoverable(newPhone())
    const before = await stateOf(account)
    const ownNumber = `0${account.recovery.value.slice(3)}`
    expect(await change(account, PASSWORD, PASSWORD)).toEqual(refuse('password_same'))
    expect(await change(account, PASSWORD, 'pendek1')).toEqual(refuse('password_too_short'))
    expect(await change(account, PASSWORD, 'password123')).toEqual(refuse('password_common'))
    expect(await change(account, PASSWORD, ownNumber)).toEqual(refuse('password_context'))
    expect(await stateOf(account)).toEqual(before)
  })

  it('changes nothing when the database fails', async () => {
    const account = await makeAccount()
    const { sessionSecret } = await signIn(account.userId)
    const before = await stateOf(account)
    const mend = await breakInserts('Message')
    await expect(change(account)).rejects.toThrow('inserts into Message fail')
    await mend()
    expect(await stateOf(account)).toEqual(before)
    expect(await findSession(sessionSecret, NOW)).not.toBeNull()
  })

  it('happens once for five concurrent requests: one password, one live session, one event', async () => {
    const account = await makeAccount()
    const passwords = ['satu', 'dua', 'tiga', 'empat', 'lima'].map(
      (word) => `${word} burung di dahan randu`,
    )
    const outcomes = await Promise.all(passwords.map((next) => change(account, PASSWORD, next)))
    expect(countOutcomes(outcomes)).toEqual({ done: 1, password_wrong: 4 })
    const { user, sessions } = await stateOf(account)
    expect([
      user.passwordVersion,
      sessions.filter(({ revokedAt }) => revokedAt === null).length,
    ]).toEqual([2, 1])
    expect(
      await db().securityEvent.count({
        where: { userId: account.userId, type: 'password_changed' },
      }),
    ).toBe(1)
    expect(
      await tryLogIn(account, passwords[outcomes.findIndex(({ ok }) => ok)] ?? ''),
    ).toMatchObject({ ok: true })
  })
})
