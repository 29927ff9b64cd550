import { describe, expect, it } from 'vitest'
import { db, transaction } from '@/lib/platform/db'
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
  saveRecovery,
} from '../support/accounts'
import { logOf, securityLines } from '../support/log-lines'
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
import { type Change, expectUnchanged, removeFrom } from './overtake-actions'

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
    const ended = { canRelease: false, endedBy: 'released' }
    expect(await findHeldPassword(secret)).toMatchObject(ended)
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

  it('is not sent when a veto overtakes the request, and the security log says so', async () => {
    const account = await makeRecoverable()
    const secret = await holdReset(account)
    const ended = { endedAt: HELD, endedBy: 'vetoed', passwordHash: null } as const
    const end: Change = (tx, { userId }) =>
      tx.heldPassword.updateMany({ where: { userId }, data: ended })
    const log = await logOf(() =>
      expectUnchanged(account, end, () => askRelease(secret), refuse('held_gone')),
    )
    expect(securityLines(log)).toMatchObject([
      { event: 'sequence_fail', purpose: 'release_password', reason: 'held_gone' },
    ])
  })

  it('is not sent to an address that is removed meanwhile', async () => {
    const account = await makeRecoverable()
    const secret = await holdReset(account)
    const remove = removeFrom('recovery_email')
    await expectUnchanged(account, remove, () => askRelease(secret), refuse('no_recovery'))
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

describe('the held password of a browser', () => {
  it('is none for a browser that set none', async () =>
    expect(await findHeldPassword('another')).toBeNull())

  it('can be stopped by the address that is confirmed, and an unconfirmed one releases nothing', async () => {
    const account = await makeAccount()
    await saveRecovery(account, newEmail())
    const secret = await holdReset(account)
    const view = { canRelease: false, canBeStopped: true }
    expect(await findHeldPassword(secret)).toMatchObject(view)
  })

  it('cannot be stopped when the account has only the number of the reset', async () => {
    const account = await makeAccount()
    const secret = await holdReset(account)
    await transaction((tx) => removeFrom('primary_email')(tx, account))
    expect(await findHeldPassword(secret)).toMatchObject({ canBeStopped: false })
  })
})
