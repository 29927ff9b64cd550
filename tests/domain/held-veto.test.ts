import { describe, expect, it } from 'vitest'
import { done, refuse } from '@/lib/platform/result'
import { findHoldLink, releaseDue, vetoOwnHeld } from '@/lib/recovery'
import {
  callerOf,
  expectDone,
  HOUR,
  later,
  makeRecoverable,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { logOf, securityLines } from '../support/log-lines'
import { kindsTo } from '../support/outbox'
import { eventsOf, makeGuarded, stop } from './freeze-actions'
import { DUE, HELD, heldOf, holdReset, newestStop, opens, veto } from './held-actions'

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
    expect(await findHoldLink(next)).toMatchObject({ state: 'released' })
    expect(await veto('unknown')).toEqual(refuse('link_unknown'))
    expect(await findHoldLink('unknown')).toBeNull()
  })

  it('of an earlier notice stops the password that waits now', async () => {
    const account = await makeRecoverable()
    await holdReset(account)
    const first = await newestStop(account.recovery)
    await holdReset(account, { now: later(HOUR, HELD) })
    expect(await findHoldLink(first)).toMatchObject({ state: 'open', dueAt: later(HOUR, DUE) })
    expect(await veto(first, later(HOUR, HELD))).toEqual(done())
    const ends = (await heldOf(account)).map(({ endedBy }) => endedBy)
    expect(ends).toEqual(['replaced', 'vetoed'])
  })

  it('stops nothing when its address received the code of the password that waits now', async () => {
    const account = await makeGuarded()
    await holdReset(account)
    const token = await newestStop(account.recoveryPhone)
    const next = later(HOUR, HELD)
    await holdReset(account, { choice: 'recovery', to: account.recoveryPhone, now: next })
    expect(await findHoldLink(token)).toMatchObject({ state: 'over' })
    expect(await veto(token, next)).toEqual(refuse('link_expired'))
    expect((await heldOf(account)).at(-1)).toMatchObject({ endedBy: null })
  })

  it('leaves a line in the security log when it is forged or was used', async () => {
    const account = await makeRecoverable()
    await holdReset(account)
    const token = await newestStop(account.recovery)
    await expectDone(veto(token))
    const log = await logOf(async () => [await veto('forged'), await veto(token)])
    expect(securityLines(log)).toMatchObject([
      { event: 'authz_fail', subject: 'veto_link', reason: 'link_unknown' },
      {
        event: 'authn_token_reuse',
        subject: 'veto_link',
        reason: 'link_closed',
        userId: account.userId,
      },
    ])
  })

  it('says when a freeze has ended the password', async () => {
    const account = await makeRecoverable()
    await holdReset(account)
    await stop(account, HELD)
    const token = await newestStop(account.recovery)
    expect(await findHoldLink(token)).toMatchObject({ state: 'over', isFrozen: true })
  })

  it('needs no log-in; the button of the profile needs the password', async () => {
    const account = await makeRecoverable()
    await holdReset(account)
    const caller = callerOf(account, HELD)
    expect(await vetoOwnHeld(caller, OTHER_PASSWORD)).toEqual(refuse('password_wrong'))
    expect(await heldOf(account)).toMatchObject([{ endedBy: null }])
    expect(await vetoOwnHeld(caller, PASSWORD)).toEqual(done())
    expect(await heldOf(account)).toMatchObject([{ endedBy: 'vetoed' }])
  })
})
