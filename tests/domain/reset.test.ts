import { describe, expect, it } from 'vitest'
import { findSession, logIn } from '@/lib/accounts'
import { viewChallenge } from '@/lib/challenges'
import { requestRecoveryAddress } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { passReset, resetIdentifier } from '@/lib/recovery'
import {
  addRecovery,
  atOnce,
  callerOf,
  expectDone,
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
import { codesTo, kindsTo, messagesTo, newestCode } from '../support/outbox'
import { complete, passedReset, SET, start, stateOf } from './reset-actions'

const tryLogIn = (identifier: string, password: string) =>
  logIn({ identifier, password, origin: newOrigin(), now: NOW })

describe('the code of a reset', () => {
  it('goes only to the primary phone', async () => {
    const account = await makeRecoverable()
    const before = await codesTo(account.recovery)
    await expectDone(start(account.email, 'primary_phone'))
    expect((await kindsTo(account.phone))[0]).toBe('code.reset_password')
    expect(await codesTo(account.recovery)).toEqual(before)
    expect(await codesTo(account.email)).toEqual([])
  })

  it('R15 is the same for both recovery addresses, and does not go to the primaries', async () => {
    const [account, phone] = [await makeRecoverable(), newPhone()]
    await addRecovery(account, phone)
    const before = await codesTo(account.phone)
    const { secret } = await expectDone(start(account.phone, 'recovery'))
    const code = await newestCode(phone)
    expect(await newestCode(account.recovery)).toBe(code)
    expect(await codesTo(account.phone)).toEqual(before)
    expect(await passReset(secret, code, newOrigin(), NOW)).toMatchObject({ ok: true })
  })

  it('R14 does not go to an unconfirmed recovery address', async () => {
    const [account, waiting] = [await makeRecoverable(), newPhone()]
    await saveRecovery(account, waiting)
    await expectDone(start(account.email, 'recovery'))
    expect((await kindsTo(account.recovery))[0]).toBe('code.reset_password')
    expect(await kindsTo(waiting)).toEqual(['code.confirm_recovery'])
  })
})

describe('a completed reset', () => {
  it('accepts the new password and refuses the old one, with either identifier', async () => {
    const account = await makeAccount()
    await expectDone(complete(await passedReset(account)))
    for (const { value } of [account.email, account.phone]) {
      expect(await tryLogIn(value, PASSWORD)).toEqual(refuse('login_wrong'))
      expect(await tryLogIn(value, OTHER_PASSWORD)).toMatchObject({ ok: true })
    }
  })

  it('R36 R37 ends every session and opens none', async () => {
    const account = await makeAccount()
    const open = await atOnce(2, () => signIn(account.userId))
    await expectDone(complete(await passedReset(account)))
    expect(
      await Promise.all(open.map(({ sessionSecret }) => findSession(sessionSecret, NOW))),
    ).toEqual([null, null])
    expect(await db().session.count({ where: { userId: account.userId, revokedAt: null } })).toBe(0)
  })

  it('closes every open challenge of the customer, and the resets of other browsers, passed or not', async () => {
    const account = await makeAccount()
    await expectDone(requestRecoveryAddress(callerOf(account), newEmail()))
    const passed = await passedReset(account)
    const begun = await expectDone(start(account.phone, 'primary_phone'))
    const code = await newestCode(account.phone)
    await expectDone(complete(await passedReset(account)))
    expect(await viewChallenge({ userId: account.userId }, 'authorise_recovery', NOW)).toBeNull()
    expect(await complete(passed)).toEqual(refuse('challenge_gone'))
    expect(await passReset(begun.secret, code, newOrigin(), NOW)).toEqual(refuse('challenge_gone'))
  })

  it('R39 notifies every address: both primaries and both recovery addresses', async () => {
    const [account, phone] = [await makeRecoverable(), newPhone()]
    await addRecovery(account, phone)
    await expectDone(complete(await passedReset(account)))
    for (const address of [account.email, account.phone, account.recovery, phone])
      expect((await kindsTo(address))[0]).toBe('notice.password_reset')
    expect(
      await db().securityEvent.count({ where: { userId: account.userId, type: 'password_reset' } }),
    ).toBe(1)
  })

  it('is recorded with device and place, under the reference in its notices', async () => {
    const account = await makeAccount()
    await expectDone(complete(await passedReset(account)))
    const [event] = await db().securityEvent.findMany({
      where: { userId: account.userId, type: 'password_reset' },
    })
    expect(event).toMatchObject({
      at: NOW,
      userAgent: 'Test Browser',
      ip: expect.stringMatching(/^198\.18\./),
      detail: {},
    })
    const [notice] = await messagesTo(account.email)
    const content = {
      event: 'password_reset',
      at: NOW.toISOString(),
      device: 'Test Browser',
      reference: event?.reference,
    }
    expect(notice?.content).toMatchObject(content)
  })

  it('R50 changes nothing when the database fails, and succeeds when repeated', async () => {
    const account = await makeAccount()
    const { sessionSecret } = await signIn(account.userId)
    const secret = await passedReset(account)
    const before = await stateOf(account)
    const mend = await breakInserts('Message')
    await expect(complete(secret)).rejects.toThrow('inserts into Message fail')
    await mend()
    expect(await stateOf(account)).toEqual(before)
    expect(await findSession(sessionSecret, NOW)).not.toBeNull()
    expect(await complete(secret)).toEqual(SET)
  })
})

describe('a reset that is not completed', () => {
  it('R27 changes nothing at any step', async () => {
    const account = await makeAccount()
    const { user, sessions, events } = await stateOf(account)
    await passedReset(account)
    expect(await stateOf(account)).toMatchObject({ user, sessions, events })
  })

  it('R29 is not spent by a weak password, which has its refusal', async () => {
    const account = await makeAccount()
    const secret = await passedReset(account)
    expect(await complete(secret, 'pendek1')).toEqual(refuse('password_too_short'))
    expect(await complete(secret, 'password123')).toEqual(refuse('password_common'))
    expect(await complete(secret, account.email.value)).toEqual(refuse('password_context'))
    expect(await complete(secret)).toEqual(SET)
  })

  it('R49 sets no password before or without a right code', async () => {
    const account = await makeAccount()
    const { secret } = await expectDone(start(account.email, 'primary_phone'))
    for (const wrong of [secret, 'made up', ''])
      expect(await complete(wrong)).toEqual(refuse('challenge_gone'))
  })

  it('waits 15 minutes for its password', async () => {
    const account = await makeAccount()
    const secret = await passedReset(account)
    expect(await complete(secret, OTHER_PASSWORD, later(15 * MINUTE))).toEqual(
      refuse('challenge_gone'),
    )
    expect(await complete(secret, OTHER_PASSWORD, later(15 * MINUTE - 1))).toEqual(SET)
    expect(await complete(secret)).toEqual(refuse('challenge_gone'))
  })

  it('shows the typed identifier once its code is right, and not before', async () => {
    const account = await makeAccount()
    const { secret } = await expectDone(start(account.email, 'primary_phone'))
    expect(await resetIdentifier(secret, NOW)).toBeNull()
    const passed = await expectDone(
      passReset(secret, await newestCode(account.phone), newOrigin(), NOW),
    )
    expect(await resetIdentifier(passed.secret, NOW)).toBe(account.email.value)
  })

  it('continues with a new secret, and refuses the earlier one, which may be planted', async () => {
    const account = await makeAccount()
    const { secret } = await expectDone(start(account.email, 'primary_phone'))
    const passed = await expectDone(
      passReset(secret, await newestCode(account.phone), newOrigin(), NOW),
    )
    expect(await resetIdentifier(secret, NOW)).toBeNull()
    expect(await complete(secret)).toEqual(refuse('challenge_gone'))
    expect(await complete(passed.secret)).toEqual(SET)
  })
})
