import { hash } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { checkUserPassword, endSession, findSession, logIn } from '@/lib/accounts'
import { db } from '@/lib/platform/db'
import { completeReset } from '@/lib/recovery'
import {
  type Account,
  atOnce,
  expectDone,
  expectSession,
  later,
  makeAccount,
  NOW,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
  signIn,
} from '../support/accounts'
import { closeGate } from '../support/gate'
import { passedReset } from './reset-actions'

const openFor = ({ userId }: Account, version = 1) => signIn(userId, NOW, version)
const tryLogIn = (account: Account) =>
  logIn({ identifier: account.email.value, password: PASSWORD, origin: newOrigin(), now: NOW })
const reset = (secret: string) =>
  completeReset({ secret, password: OTHER_PASSWORD, origin: newOrigin(), now: NOW })

describe('a session', () => {
  it('ends at once, and no other with it', async () => {
    const account = await makeAccount()
    const [one, other] = [await openFor(account), await openFor(account)]
    const { sessionId } = (await findSession(one.sessionSecret, NOW)) ?? { sessionId: '' }
    await endSession(sessionId, NOW)
    expect(await findSession(one.sessionSecret, NOW)).toBeNull()
    expect(await findSession(other.sessionSecret, NOW)).not.toBeNull()
  })

  it('keeps the time of its first end', async () => {
    const account = await makeAccount()
    const { sessionSecret } = await openFor(account)
    const { sessionId } = (await findSession(sessionSecret, NOW)) ?? { sessionId: '' }
    await endSession(sessionId, NOW)
    await endSession(sessionId, later(60))
    expect(await db().session.findUnique({ where: { id: sessionId } })).toMatchObject({
      revokedAt: NOW,
    })
  })

  it('ends with its password version', async () => {
    const account = await makeAccount()
    const { sessionSecret } = await openFor(account)
    await db().user.update({
      where: { id: account.userId },
      data: { passwordVersion: { increment: 1 } },
    })
    expect(await findSession(sessionSecret, NOW)).toBeNull()
  })

  it('is not found for an unknown secret', async () => {
    expect(await findSession('made up', NOW)).toBeNull()
    expect(await findSession('', NOW)).toBeNull()
  })

  it('stores when and from where it was last seen, to five minutes', async () => {
    const account = await makeAccount()
    const { sessionSecret } = await openFor(account)
    const seenFrom = async (seconds: number, ip: string) => {
      await findSession(sessionSecret, later(seconds), ip)
      const [row] = await db().session.findMany({ where: { userId: account.userId } })
      return { at: row?.lastSeenAt, ip: row?.ip }
    }
    const first = { at: later(301), ip: '198.51.100.2' }
    expect((await seenFrom(300, '198.51.100.1')).at).toEqual(NOW)
    expect(await seenFrom(301, '198.51.100.2')).toEqual(first)
    expect(await seenFrom(302, '198.51.100.3')).toEqual(first)
  })
})

describe('a log-in that races a reset opens no valid session', () => {
  it('when the reset commits while the old password is being verified', async () => {
    const passwordHash = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 40, parallelism: 1 })
    const account = await makeAccount({ passwordHash })
    const secret = await passedReset(account)
    await checkUserPassword(
      { id: account.userId, name: account.name },
      [],
      'the dictionaries are loaded now',
    )
    const order: string[] = []
    const [login] = await Promise.all([
      expectSession(tryLogIn(account)).finally(() => order.push('login')),
      expectDone(reset(secret)).finally(() => order.push('reset')),
    ])
    expect(order).toEqual(['reset', 'login'])
    expect(await findSession(login.sessionSecret, NOW)).toBeNull()
  })

  it('when the reset commits between the check of the old password and the insert of the session', async () => {
    const account = await makeAccount()
    const secret = await passedReset(account)
    const gate = await closeGate('Session')
    const login = tryLogIn(account)
    await gate.crowd(1)
    const resetting = reset(secret)
    await gate.crowd(2)
    await gate.open()
    const { sessionSecret } = await expectSession(login)
    expect(await resetting).toMatchObject({ ok: true })
    expect(await findSession(sessionSecret, NOW)).toBeNull()
  })

  it('when the check of the old password falls between the end of the sessions and the commit of the reset', async () => {
    const account = await makeAccount()
    const secret = await passedReset(account)
    const gate = await closeGate('SecurityEvent')
    const resetting = reset(secret)
    await gate.crowd(1)
    const login = tryLogIn(account)
    await gate.crowd(2)
    await gate.open()
    expect(await resetting).toMatchObject({ ok: true })
    const { sessionSecret } = await expectSession(login)
    expect(await findSession(sessionSecret, NOW)).toBeNull()
  })

  it('when five log-ins and the reset start concurrently', async () => {
    const account = await makeAccount()
    const secret = await passedReset(account)
    const [logins, done] = await Promise.all([atOnce(5, () => tryLogIn(account)), reset(secret)])
    expect(done).toMatchObject({ ok: true })
    for (const { value } of logins.filter((login) => login.ok))
      expect('session' in value && (await findSession(value.session.sessionSecret, NOW))).toBeNull()
  })
})
