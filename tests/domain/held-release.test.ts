import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { findHeldPassword, findRestriction, releaseDue } from '@/lib/recovery'
import {
  addRecovery,
  DAY,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newPhone,
  OTHER_PASSWORD,
} from '../support/accounts'
import { kindsTo, newestCode, wrongCode } from '../support/outbox'
import { makeGuarded, replaceSlot, userOf } from './freeze-actions'
import {
  askRelease,
  DUE,
  enterRelease,
  HELD,
  holdReset,
  newestStop,
  opens,
  releaseBy,
  veto,
} from './held-actions'

describe('a code to a recovery address', () => {
  it('lets the held password take effect at once', async () => {
    const account = await makeRecoverable()
    const secret = await holdReset(account)
    expect(await findHeldPassword(secret)).toEqual({
      dueAt: DUE,
      canRelease: true,
      canBeStopped: true,
      endedBy: null,
    })
    await releaseBy(secret, account.recovery)
    expect(await opens(account, OTHER_PASSWORD, HELD)).toBe(true)
    expect(await findRestriction(account.userId, HELD)).toMatchObject({ lifters: [] })
    expect(await findHeldPassword(secret)).toMatchObject({ endedBy: 'released' })
    await releaseDue(DUE)
    expect((await userOf(account)).passwordVersion).toBe(2)
  })

  it('must be right, and come from the browser that set the password', async () => {
    const account = await makeRecoverable()
    const secret = await holdReset(account)
    await expectDone(askRelease(secret))
    const code = await newestCode(account.recovery)
    expect(await enterRelease(secret, wrongCode(code))).toMatchObject(refuse('code_wrong'))
    expect(await enterRelease('another', code)).toEqual(refuse('challenge_gone'))
    expect(await askRelease('another')).toEqual(refuse('held_gone'))
    expect(await opens(account, OTHER_PASSWORD, HELD)).toBe(false)
  })

  it('does nothing after a veto', async () => {
    const account = await makeRecoverable()
    const secret = await holdReset(account)
    await expectDone(askRelease(secret))
    await expectDone(veto(await newestStop(account.email)))
    const code = await newestCode(account.recovery)
    expect(await enterRelease(secret, code)).toEqual(refuse('held_gone'))
    expect(await askRelease(secret)).toEqual(refuse('held_gone'))
    expect(await opens(account, OTHER_PASSWORD, HELD)).toBe(false)
  })

  it.each([
    ['three days', 3 * DAY, true],
    ['a second less', 3 * DAY - 1, false],
  ])('counts when the address was confirmed for %s', async (_, seconds, canRelease) => {
    const account = await makeAccount()
    await addRecovery(account, newEmail())
    const secret = await holdReset(account, { now: later(seconds) })
    expect(await findHeldPassword(secret)).toMatchObject({ canRelease })
    const asked = await askRelease(secret, later(seconds))
    expect(asked).toEqual(canRelease ? done() : refuse('no_recovery'))
  })

  it('does not go to a recovery number that received the code of the reset', async () => {
    const account = await makeGuarded()
    const secret = await holdReset(account, { choice: 'recovery', to: account.recoveryPhone })
    await expectDone(askRelease(secret))
    const kind = 'code.release_password'
    expect(await kindsTo(account.recoveryEmail)).toContain(kind)
    expect(await kindsTo(account.recoveryPhone)).not.toContain(kind)
  })

  it('does not go to the primary addresses, also confirmed ones', async () => {
    const account = await makeRecoverable()
    const where = { userId: account.userId, role: 'primary' } as const
    await db().address.updateMany({ where, data: { confirmedAt: NOW } })
    await expectDone(askRelease(await holdReset(account)))
    for (const address of [account.email, account.phone])
      expect(await kindsTo(address)).not.toContain('code.release_password')
  })

  it('replaces the code that was asked for before', async () => {
    const account = await makeRecoverable()
    const secret = await holdReset(account)
    await expectDone(askRelease(secret))
    const first = await newestCode(account.recovery)
    await expectDone(askRelease(secret, later(MINUTE, HELD)))
    const second = await newestCode(account.recovery)
    expect(await enterRelease(secret, first, later(MINUTE, HELD))).toMatchObject({ ok: false })
    expect(await enterRelease(secret, second, later(MINUTE, HELD))).toEqual(done())
  })

  it('can be asked for only so often', async () => {
    const secret = await holdReset(await makeRecoverable())
    let asked = await askRelease(secret)
    for (let times = 1; asked.ok && times < 20; times += 1) asked = await askRelease(secret)
    expect(asked).toMatchObject(refuse('send_throttled'))
  })

  it('does nothing when the number of the reset was replaced since', async () => {
    const account = await makeRecoverable()
    const secret = await holdReset(account)
    await expectDone(askRelease(secret))
    await replaceSlot(account, 'primary_phone', newPhone(), HELD)
    const code = await newestCode(account.recovery)
    expect(await enterRelease(secret, code)).toEqual(refuse('held_gone'))
    expect(await opens(account, OTHER_PASSWORD, HELD)).toBe(false)
  })
})
