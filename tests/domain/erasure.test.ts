import { describe, expect, it } from 'vitest'
import { changePassword } from '@/lib/accounts'
import { requestPrimaryChange } from '@/lib/contacts'
import { findErasure } from '@/lib/personal-data'
import { eraseDue } from '@/lib/personal-data/due'
import { pool } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { freezeByLink } from '@/lib/recovery'
import {
  atOnce,
  callerOf,
  countOutcomes,
  DAY,
  expectDone,
  HOUR,
  later,
  makeAccount,
  makeRecoverable,
  NOW,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { closeGate } from '../support/gate'
import { codesTo, kindsTo, messagesTo, newestCode, wrongCode } from '../support/outbox'
import { faultsOf } from './activity-actions'
import { restrict } from './change-actions'
import { ask, confirm, keep, leave } from './erasure-actions'
import { eventsOf, makeGuarded, newestLink, stop, userOf } from './freeze-actions'
import { complete, passedReset } from './reset-actions'

const DUE = later(7 * DAY)

describe('the erasure of the own account', () => {
  it('needs the password and a code, and is due seven days later', async () => {
    const account = await makeAccount()
    expect(await ask(account, NOW, { password: OTHER_PASSWORD })).toEqual(refuse('password_wrong'))
    expect(await codesTo(account.phone)).toEqual([])
    await expectDone(ask(account))
    const code = await newestCode(account.phone)
    expect(await confirm(account, wrongCode(code))).toMatchObject(refuse('code_wrong'))
    expect(await findErasure(account.userId)).toBeNull()
    expect(await confirm(account, code)).toEqual(done(DUE))
    expect(await findErasure(account.userId)).toEqual(DUE)
    expect(await confirm(account, code)).toEqual(refuse('challenge_gone'))
  })

  it('takes a code to the recovery addresses, if there is one', async () => {
    const [without, account] = [await makeAccount(), await makeRecoverable()]
    expect(await ask(without, NOW, { proof: 'recovery' })).toEqual(refuse('no_recovery'))
    await expectDone(ask(account, NOW, { proof: 'recovery' }))
    expect(await confirm(account, await newestCode(account.recovery))).toEqual(done(DUE))
  })

  it('is done when it is due, not before, and every address is told of each step', async () => {
    const account = await makeGuarded()
    await leave(account)
    await eraseDue(later(7 * DAY - 1))
    expect((await userOf(account)).erasedAt).toBeNull()
    for (const address of [account.phone, account.email, account.recoveryEmail])
      expect((await messagesTo(address))[0]?.content).toMatchObject({
        event: 'erasure_requested',
        due: DUE.toISOString(),
      })
    await eraseDue(DUE)
    expect(await userOf(account)).toMatchObject({ erasedAt: DUE, eraseAt: null })
    for (const address of [account.phone, account.email, account.recoveryEmail])
      expect(await kindsTo(address)).toEqual(['notice.erased'])
    expect(await faultsOf(account)).toEqual([])
  })

  it('is taken back by its owner, with a notification, and nothing happens without a request', async () => {
    const account = await makeAccount()
    await keep(account)
    await leave(account)
    await keep(account, later(DAY))
    await eraseDue(DUE)
    expect(await userOf(account)).toMatchObject({ erasedAt: null, eraseAt: null })
    expect((await eventsOf(account)).slice(1)).toEqual(['erasure_requested', 'erasure_cancelled'])
    expect((await kindsTo(account.phone))[0]).toBe('notice.erasure_cancelled')
  })

  it('is refused during a restriction, before and after the code', async () => {
    const [account, asked] = [await makeAccount(), await makeAccount()]
    await restrict(account)
    expect(await ask(account)).toMatchObject({ refusal: 'account_restricted' })
    await expectDone(ask(asked))
    await restrict(asked)
    const code = await newestCode(asked.phone)
    expect(await confirm(asked, code)).toMatchObject({ refusal: 'account_restricted' })
    expect(await findErasure(asked.userId)).toBeNull()
  })

  it('is cancelled by a reset, which tells every address', async () => {
    const account = await makeAccount()
    await leave(account)
    await complete(await passedReset(account))
    expect(await userOf(account)).toMatchObject({ erasedAt: null, eraseAt: null })
    expect((await eventsOf(account)).slice(2)).toEqual(['password_reset', 'erasure_cancelled'])
    expect(await kindsTo(account.phone)).toContain('notice.erasure_cancelled')
  })

  it('waits for the end of a restriction that began later', async () => {
    const account = await makeAccount()
    await leave(account)
    await pool().query('update "User" set "restrictedUntil" = $2 where id = $1', [
      account.userId,
      later(7 * DAY + HOUR),
    ])
    await eraseDue(DUE)
    expect((await userOf(account)).erasedAt).toBeNull()
    await eraseDue(later(7 * DAY + HOUR))
    expect((await userOf(account)).erasedAt).not.toBeNull()
  })

  it.each([
    ['from the profile', (account: Guarded) => stop(account, later(DAY))],
    [
      'by the link of its own notification',
      async ({ recoveryEmail }: Guarded) =>
        freezeByLink(await newestLink(recoveryEmail), newOrigin(), later(DAY)),
    ],
    [
      'by a process of the version before',
      ({ userId }: Guarded) =>
        pool().query('update "User" set "frozenAt" = $2 where id = $1', [userId, later(DAY)]),
    ],
  ])('is stopped by a freeze %s', async (_, freeze) => {
    const account = await makeGuarded()
    await leave(account)
    await freeze(account)
    expect(await findErasure(account.userId)).toBeNull()
    await eraseDue(DUE)
    expect(await userOf(account)).toMatchObject({ erasedAt: null, frozenAt: later(DAY) })
  })

  it('is asked for once at a time', async () => {
    const account = await makeAccount()
    await leave(account)
    expect(await ask(account)).toEqual(refuse('erasure_pending'))
  })

  it('is refused when the password was changed since it was checked', async () => {
    const account = await makeAccount()
    await expectDone(ask(account))
    const code = await newestCode(account.phone)
    const change = { userId: account.userId, current: PASSWORD, next: OTHER_PASSWORD, now: NOW }
    await expectDone(changePassword({ ...change, origin: newOrigin() }))
    expect(await confirm(account, code)).toEqual(refuse('challenge_gone'))
  })

  it('is done once by several workers at once, and all of them continue', async () => {
    const [one, other] = [await makeAccount(), await makeAccount()]
    await leave(one)
    await leave(other)
    await atOnce(3, () => eraseDue(DUE))
    for (const account of [one, other])
      expect((await eventsOf(account)).filter((type) => type === 'erased')).toHaveLength(1)
  })

  it('and its cancellation at the same time end in one of both, never in between', async () => {
    const account = await makeAccount()
    await leave(account)
    const gate = await closeGate('SecurityEvent')
    const both = [eraseDue(DUE), keep(account, DUE)]
    await gate.crowd(2)
    await gate.open()
    await Promise.all(both)
    const { erasedAt, eraseAt } = await userOf(account)
    const events = (await eventsOf(account)).slice(2)
    expect([eraseAt, events]).toEqual([null, [erasedAt ? 'erased' : 'erasure_cancelled']])
  })

  it('five right answers at once set one time', async () => {
    const account = await makeAccount()
    await expectDone(ask(account))
    const code = await newestCode(account.phone)
    const outcomes = await atOnce(5, () => confirm(account, code))
    expect(countOutcomes(outcomes).done).toBe(1)
    expect((await eventsOf(account)).slice(1)).toEqual(['erasure_requested'])
  })
})

type Guarded = Awaited<ReturnType<typeof makeGuarded>>

it('the code of another purpose does not confirm an erasure', async () => {
  const account = await makeAccount()
  const wanted = { address: (await makeAccount()).email, proof: 'primary_phone' } as const
  await requestPrimaryChange(callerOf(account), { ...wanted, password: PASSWORD })
  const other = await newestCode(account.phone)
  await expectDone(ask(account, later(HOUR)))
  const own = await newestCode(account.phone)
  if (own !== other)
    expect(await confirm(account, other, later(HOUR))).toMatchObject(refuse('code_wrong'))
  expect((await confirm(account, own, later(HOUR))).ok).toBe(true)
})
