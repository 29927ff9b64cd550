import { describe, expect, it, vi } from 'vitest'
import { findSession } from '@/lib/accounts'
import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { refuse } from '@/lib/platform/result'
import { findRestriction, releaseDue } from '@/lib/recovery'
import { makeRecoverable, OTHER_PASSWORD, PASSWORD, signIn } from '../support/accounts'
import { kindsTo, messagesTo } from '../support/outbox'
import { eventsOf, stop } from './freeze-actions'
import { DUE, HELD, heldOf, holdReset, newestStop, opens } from './held-actions'
import { complete } from './reset-actions'

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
    expect((await eventsOf(account)).slice(-3)).toEqual([
      'password_held',
      'password_released',
      'new_device',
    ])
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

  it('takes effect for the others when it fails for one account, which is logged', async () => {
    const error = vi.spyOn(log, 'error').mockReturnValue()
    const [broken, account] = [await makeRecoverable(), await makeRecoverable()]
    for (const one of [broken, account]) await holdReset(one)
    await db().challenge.updateMany({
      where: { userId: broken.userId, purpose: 'reset_password' },
      data: { sealedRecipients: 'unreadable' },
    })
    await releaseDue(DUE)
    const ends = await Promise.all([broken, account].map(heldOf))
    expect(ends.flat().map(({ endedBy }) => endedBy)).toEqual([null, 'released'])
    expect(error).toHaveBeenCalledWith(
      expect.objectContaining({ event: 'release_failed', userId: broken.userId }),
    )
  })
})
