import { describe, expect, it } from 'vitest'
import { logIn } from '@/lib/accounts'
import { verifyActivity } from '@/lib/activity'
import { maskAddress } from '@/lib/addresses'
import { db, transaction } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { balanceOf, creditRecoveryReward } from '@/lib/points'
import { findRestriction, passReset } from '@/lib/recovery'
import {
  findAccount,
  freezeByCare,
  restoreAttemptsByCare,
  showAccount,
  unfreezeByCare,
} from '@/lib/support'
import {
  type Account,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  newEmail,
  newOrigin,
  newPhone,
  PASSWORD,
  signIn,
} from '../support/accounts'
import { breakInserts } from '../support/gate'
import { codesTo, kindsTo, newestCode } from '../support/outbox'
import { eventsOf, replaceSlot, SEEN, slotsOf, stop, THEFT, userOf } from './freeze-actions'
import { complete, passedReset, SET, start, stateOf } from './reset-actions'

const by = ({ userId }: Account, now = SEEN) => ({ userId, reason: 'tiket 4711', now })

/**
 * An account whose thief has left its owner one address, and has earned the points for one of his own.
 */
async function robbed() {
  const account = await makeAccount()
  const [before, stolen] = [await slotsOf(account), newEmail()]
  await replaceSlot(account, 'primary_phone', newPhone())
  await replaceSlot(account, 'recovery_email', stolen)
  await transaction((tx) =>
    creditRecoveryReward(tx, { userId: account.userId, address: stolen, now: THEFT }),
  )
  return { account, before }
}

describe('customer care', () => {
  it('finds an account by the reference of a notice, its main e-mail or its number', async () => {
    const account = await makeAccount()
    const { reference } = await db().securityEvent.findFirstOrThrow({
      where: { userId: account.userId },
    })
    for (const named of [
      reference,
      reference.toLowerCase(),
      account.email.value,
      account.phone.value,
    ])
      expect(await findAccount(named)).toBe(account.userId)
    expect(await findAccount('ZZZZZZZZ')).toBeNull()
    expect(await findAccount(newEmail().value)).toBeNull()
  })

  it('sees states, masks and references', async () => {
    const { account } = await robbed()
    await stop(account)
    const { frozenAt, slots, events } = await showAccount(account.userId, SEEN)
    expect(frozenAt).toEqual(SEEN)
    expect(slots.filter(({ isDisputed }) => isDisputed).map(({ slot }) => slot)).toEqual([
      'primary_phone',
      'recovery_email',
    ])
    expect(slots[0]).toMatchObject({ earlier: maskAddress(account.phone) })
    expect(events[0]).toMatchObject({ type: 'frozen', reference: expect.stringMatching(/^\w{8}$/) })
  })

  it('freezes an account, which is told like any freeze', async () => {
    const account = await makeAccount()
    expect(await freezeByCare(by(account))).toEqual(done())
    expect(await freezeByCare(by(account))).toEqual(refuse('already_frozen'))
    expect((await kindsTo(account.phone))[0]).toBe('notice.frozen')
    const event = await db().securityEvent.findFirstOrThrow({
      where: { userId: account.userId, type: 'frozen' },
    })
    expect(event.detail).toEqual({ reason: 'tiket 4711' })
  })

  it('R60 opens an account, undoes what is named, and leaves a password that nobody knows', async () => {
    const { account, before } = await robbed()
    const session = { userId: account.userId, revokedAt: null }
    await signIn(account.userId, THEFT)
    await stop(account)
    expect(await unfreezeByCare(by(account), ['primary_phone', 'recovery_email'])).toEqual(done())
    expect(await slotsOf(account)).toEqual(before)
    expect(await balanceOf(account.userId)).toBe(0)
    expect(await db().session.count({ where: session })).toBe(0)
    expect((await eventsOf(account)).slice(-3)).toEqual([
      'unfrozen_by_care',
      'change_undone',
      'change_undone',
    ])
    expect(await findRestriction(account.userId, SEEN)).not.toBeNull()
    const login = logIn({
      identifier: account.email.value,
      password: PASSWORD,
      origin: newOrigin(),
      now: SEEN,
    })
    expect(await login).toEqual(refuse('login_wrong'))
    const { secret } = await expectDone(start(account.email, 'primary_phone', SEEN))
    const passed = await expectDone(
      passReset(secret, await newestCode(account.phone), newOrigin(), SEEN),
    )
    expect(await complete(passed.secret, 'sepuluh perahu di muara sungai', SEEN)).toEqual(SET)
    expect((await verifyActivity(new Date())).faults).toEqual([])
  })

  it('is refused what is not frozen, not disputed or taken, and nothing is changed', async () => {
    const { account } = await robbed()
    expect(await unfreezeByCare(by(account), [])).toEqual(refuse('not_frozen'))
    await stop(account)
    await makeAccount({ phone: account.phone })
    const before = [await stateOf(account), await slotsOf(account)]
    expect(await unfreezeByCare(by(account), ['primary_email'])).toEqual(refuse('not_disputed'))
    expect(await unfreezeByCare(by(account), ['primary_phone', 'recovery_email'])).toEqual(
      refuse('undo_taken'),
    )
    const mend = await breakInserts('Message')
    await expect(unfreezeByCare(by(account), ['recovery_email'])).rejects.toThrow(
      'inserts into Message fail',
    )
    await mend()
    expect([await stateOf(account), await slotsOf(account)]).toEqual(before)
    expect((await userOf(account)).frozenAt).toEqual(SEEN)
  })

  it('R08 gives an account its attempts back after sixty wrong codes', async () => {
    const account = await makeAccount()
    await useUpAttempts(account)
    await expectDone(start(account.email, 'primary_phone'))
    expect(await codesTo(account.phone)).toEqual([])
    await restoreAttemptsByCare(by(account))
    expect((await kindsTo(account.email))[0]).toBe('notice.attempts_restored')
    expect(await passedReset(account)).toEqual(expect.any(String))
    expect(await codesTo(account.phone)).not.toEqual([])
  })
})

/** As many wrong codes in a row as unknown browsers have, as the table keeps them. */
async function useUpAttempts({ userId: account }: Account) {
  const row = { account, scope: 'unknown', failures: 60, updatedAt: later(MINUTE) }
  await db().failureCount.createMany({
    data: ['primary_phone', 'recovery'].map((path) => ({ ...row, path })),
  })
}
