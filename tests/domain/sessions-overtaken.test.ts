import { describe, expect, it } from 'vitest'
import { changePassword, endOtherSessions, findSession, openSession } from '@/lib/accounts'
import { hashSecret } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import {
  type Account,
  expectSession,
  later,
  makeAccount,
  NOW,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { tryLogIn } from './freeze-actions'
import {
  type Change,
  expectUnchanged,
  freezeOnly,
  overtake,
  replacePasswordOnly,
} from './overtake-actions'

describe('a signed-in customer', () => {
  const changed = ({ userId }: Account) =>
    changePassword({
      userId,
      current: PASSWORD,
      next: OTHER_PASSWORD,
      origin: newOrigin(),
      now: NOW,
    })

  it.each([
    ['a freeze', freezeOnly],
    ['another new password', replacePasswordOnly],
  ])('sets no password that %s overtakes', async (_what, change) => {
    const account = await makeAccount()
    await expectUnchanged(account, change, () => changed(account), refuse('password_wrong'))
  })

  it('gets no live session from a password that is replaced meanwhile', async () => {
    const account = await makeAccount()
    const login = () => expectSession(tryLogIn(account.email.value))
    const { outcome } = await overtake(account, replacePasswordOnly, login)
    expect(await findSession(outcome.sessionSecret, later(1))).toBeNull()
  })

  const endOwn: Change = (tx, { userId }) =>
    tx.session.updateMany({ where: { userId, userAgent: 'present' }, data: { revokedAt: NOW } })

  it.each([
    ['a freeze', freezeOnly],
    ['the end of the present session', endOwn],
  ])('ends no other session when %s comes first', async (_what, change) => {
    const account = await makeAccount()
    const { userId } = account
    const open = (userAgent: string) =>
      openSession(db(), {
        userId,
        passwordVersion: 1,
        device: null,
        origin: { ...newOrigin(), userAgent },
        now: NOW,
      })
    const [{ sessionSecret }] = [await open('present'), await open('other')]
    const caller = { userId, sessionId: hashSecret(sessionSecret), origin: newOrigin(), now: NOW }
    await expectUnchanged(account, change, () => endOtherSessions(caller), undefined)
  })
})
