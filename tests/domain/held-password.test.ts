import { describe, expect, it } from 'vitest'
import { changePassword, findSession } from '@/lib/accounts'
import { confirmErasure, requestErasure } from '@/lib/personal-data'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import {
  findHeldPassword,
  findHoldLink,
  findRestriction,
  releaseDue,
  vetoOwnHeld,
} from '@/lib/recovery'
import {
  addRecovery,
  callerOf,
  DAY,
  expectDone,
  HOUR,
  later,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  OTHER_PASSWORD,
  PASSWORD,
  signIn,
} from '../support/accounts'
import { kindsTo, messagesTo, newestCode, wrongCode } from '../support/outbox'
import { eventsOf, makeGuarded, stop, userOf } from './freeze-actions'
import {
  askRelease,
  DUE,
  enterRelease,
  HELD,
  heldOf,
  holdReset,
  newestStop,
  noteSwap,
  opens,
  releaseBy,
  veto,
} from './held-actions'
import { complete, passedReset } from './reset-actions'
import { makeCode, rowsOf } from './saved-code-actions'

describe('R79 a new password by a code to a number whose SIM was just swapped', () => {
  it('waits for three days: the present password works, and nobody is logged out', async () => {
    const account = await makeRecoverable()
    const session = await signIn(account.userId, HELD)
    await holdReset(account)
    expect(await heldOf(account)).toMatchObject([{ heldAt: HELD, dueAt: DUE, endedAt: null }])
    expect([await opens(account, OTHER_PASSWORD), await opens(account, PASSWORD)]).toEqual([
      false,
      true,
    ])
    expect(await findSession(session.sessionSecret, HELD)).not.toBeNull()
    expect(await findRestriction(account.userId, HELD)).toBeNull()
  })

  it('spends the code of its reset', async () => {
    const account = await makeRecoverable()
    const secret = await holdReset(account)
    expect(await complete(secret, OTHER_PASSWORD, HELD)).toEqual(refuse('challenge_gone'))
  })

  it('is told to every address, with a link that stops it to all but the number', async () => {
    const account = await makeRecoverable()
    await holdReset(account)
    expect(await newestStop(account.recovery)).not.toBe(await newestStop(account.email))
    const [told] = await messagesTo(account.phone)
    expect(told).toMatchObject({
      kind: 'notice.password_held',
      content: { due: DUE.toISOString() },
    })
    expect(told?.content).not.toHaveProperty('vetoLink')
    expect(told?.content).not.toHaveProperty('link')
  })

  it('takes effect after them, with all that a reset does, and not before', async () => {
    const account = await makeRecoverable()
    const session = await signIn(account.userId, HELD)
    await holdReset(account)
    const before = new Date(DUE.getTime() - 1)
    await releaseDue(before)
    expect(await opens(account, OTHER_PASSWORD, before)).toBe(false)
    await releaseDue(DUE)
    expect(await opens(account, OTHER_PASSWORD, DUE)).toBe(true)
    expect(await opens(account, PASSWORD, DUE)).toBe(false)
    expect(await findSession(session.sessionSecret, DUE)).toBeNull()
    const restriction = await findRestriction(account.userId, DUE)
    expect(restriction?.lifters.map(({ kind }) => kind)).toEqual(['email'])
    expect(await heldOf(account)).toMatchObject([
      { endedAt: DUE, endedBy: 'released', passwordHash: null },
    ])
    expect(await kindsTo(account.recovery)).toContain('notice.password_released')
  })

  it('takes effect for each account by itself: one that is frozen stops no other', async () => {
    const frozen = await makeRecoverable()
    const accounts = [await makeRecoverable(), frozen, await makeRecoverable()]
    for (const account of accounts) await holdReset(account)
    await stop(frozen, HELD)
    await releaseDue(DUE)
    const ends = await Promise.all(accounts.map(heldOf))
    expect(ends.flat().map(({ endedBy }) => endedBy)).toEqual(['released', 'frozen', 'released'])
  })
})

describe('the link that stops a held password', () => {
  it('stops it at once, and the present password stays', async () => {
    const account = await makeRecoverable()
    await holdReset(account)
    const token = await newestStop(account.recovery)
    expect(await findHoldLink(token)).toEqual({ state: 'open', dueAt: DUE, isFrozen: false })
    expect(await veto(token)).toEqual(done())
    await releaseDue(DUE)
    expect(await opens(account, OTHER_PASSWORD, DUE)).toBe(false)
    expect(await opens(account, PASSWORD, DUE)).toBe(true)
    expect(await heldOf(account)).toMatchObject([{ endedBy: 'vetoed', passwordHash: null }])
    expect((await kindsTo(account.recovery))[0]).toBe('notice.password_vetoed')
    expect(await kindsTo(account.phone)).not.toContain('notice.password_vetoed')
    expect(await findHoldLink(token)).toMatchObject({ state: 'stopped' })
  })

  it('is closed for the second who uses one, and over when the password has taken effect', async () => {
    const account = await makeRecoverable()
    await holdReset(account)
    await expectDone(veto(await newestStop(account.recovery)))
    const other = await newestStop(account.email)
    expect(await veto(other)).toEqual(refuse('link_closed'))
    expect((await eventsOf(account)).filter((type) => type === 'password_vetoed')).toHaveLength(1)
    await holdReset(account, { now: later(HOUR, HELD) })
    const next = await newestStop(account.recovery)
    await releaseDue(later(HOUR, DUE))
    expect(await veto(next, later(HOUR, DUE))).toEqual(refuse('link_expired'))
    expect(await veto('unknown')).toEqual(refuse('link_unknown'))
    expect(await findHoldLink('unknown')).toBeNull()
  })
})

describe('a code to a recovery address', () => {
  it('lets the held password take effect at once', async () => {
    const account = await makeRecoverable()
    const secret = await holdReset(account)
    expect(await findHeldPassword(secret)).toEqual({ dueAt: DUE, canRelease: true, endedBy: null })
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
})

describe('a held password ends with', () => {
  it.each([
    ['a freeze', 'frozen', (account) => stop(account, HELD)],
    [
      'another reset',
      'replaced',
      async (account) => expectDone(complete(await passedReset(account), PASSWORD, NOW)),
    ],
    [
      'a change of the password',
      'replaced',
      (account) =>
        expectDone(
          changePassword({
            ...callerOf(account, HELD),
            current: PASSWORD,
            next: 'enam ikan di kolam',
          }),
        ),
    ],
    [
      'another one that is held',
      'replaced',
      (account) => holdReset(account, { now: later(HOUR, HELD) }),
    ],
    ['its owner, signed in', 'vetoed', (account) => vetoOwnHeld(callerOf(account, HELD))],
  ] satisfies [
    string,
    string,
    (account: Awaited<ReturnType<typeof makeRecoverable>>) => Promise<unknown>,
  ][])('%s', async (_, endedBy, act) => {
    const account = await makeRecoverable()
    await holdReset(account)
    await act(account)
    expect((await heldOf(account))[0]).toMatchObject({ endedBy, passwordHash: null })
  })
})

it('a held password ends the saved code and a wanted erasure when it takes effect', async () => {
  const account = await makeRecoverable()
  await makeCode(account, later(-DAY, HELD))
  const caller = callerOf(account, HELD)
  await expectDone(requestErasure(caller, { password: PASSWORD, proof: 'primary_phone' }))
  await expectDone(confirmErasure(caller, await newestCode(account.phone)))
  const secret = await holdReset(account, { now: later(HOUR, HELD) })
  expect(await rowsOf(account)).toMatchObject([{ endedAt: null }])
  expect((await userOf(account)).eraseAt).not.toBeNull()
  await releaseBy(secret, account.recovery, later(HOUR, HELD))
  expect(await rowsOf(account)).toMatchObject([{ endedBy: 'reset' }])
  expect((await userOf(account)).eraseAt).toBeNull()
})

it('a swap that was seen at another reset holds nothing', async () => {
  const account = await makeRecoverable()
  const secret = await passedReset(account)
  await noteSwap(await makeReset(), NOW)
  expect(await complete(secret)).toMatchObject({ value: { kind: 'set' } })
})

async function makeReset() {
  const other = await makeRecoverable()
  await passedReset(other)
  return other
}

it('the number of held passwords of an account that wait is one, by the database', async () => {
  const account = await makeRecoverable()
  await holdReset(account)
  const [held] = await heldOf(account)
  await holdReset(account, { now: later(HOUR, HELD) })
  const reopened = db().heldPassword.update({
    where: { id: held?.id ?? '' },
    data: { endedAt: null, endedBy: null, passwordHash: 'x' },
  })
  await expect(reopened).rejects.toThrow(/unique/i)
})
