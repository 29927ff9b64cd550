import { describe, expect, it } from 'vitest'
import { addAddress, confirmAddress, isSameDestination } from '@/lib/address'
import { resendCode } from '@/lib/challenge'
import { db, transaction } from '@/lib/db'
import { env } from '@/lib/env'
import { balanceOf, creditRecoveryCheck, listEntries } from '@/lib/points'
import { findRecoveryProof, freezeOwnAccount, passReset, removeRecoveryAddress, requestRemoval } from '@/lib/recovery'
import { done, refuse } from '@/lib/result'
import {
  addRecovery,
  atOnce,
  callerOf,
  DAY,
  email,
  expectDone,
  forgetLimits,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  saveRecovery,
  tally,
} from '../support/accounts'
import { codesTo, kindsTo, newestCode, wrongCode } from '../support/outbox'
import { complete, makeGuarded, provenThaw, replaceSlot, SEEN, stop } from './freeze-actions'
import { ask, check, DUE, healthOf, prove, provenAt, statesOf, unreachable, YEAR } from './health-actions'
import { start } from './reset-actions'

const checksOf = async ({ userId }: { userId: string }) =>
  (await listEntries(userId)).filter(({ reason }) => reason === 'recovery_check').map(({ amount }) => amount)

describe('the ways back into an account', () => {
  it('are the primary phone alone after the registration: that is one way in all', async () => {
    const account = await makeAccount()
    expect(await statesOf(account)).toEqual(['ready', 'missing', 'missing', 'unconfirmed'])
    expect(await healthOf(account)).toMatchObject({ sure: 1, due: [] })
  })

  it('are more with each recovery address, from its confirmation on', async () => {
    const account = await makeAccount()
    await saveRecovery(account, newPhone())
    expect(await healthOf(account)).toMatchObject({ sure: 1 })
    expect(await statesOf(account)).toEqual(['ready', 'missing', 'unconfirmed', 'unconfirmed'])
    await addRecovery(account, newEmail())
    expect(await healthOf(account)).toMatchObject({ sure: 2 })
  })

  it('do not count what cannot be reached', async () => {
    const account = await makeRecoverable()
    await unreachable(account, account.recovery)
    expect(await statesOf(account)).toEqual(['ready', 'unreachable', 'missing', 'unconfirmed'])
    expect(await healthOf(account)).toMatchObject({ sure: 1 })
    await unreachable(account, account.phone)
    expect(await healthOf(account)).toMatchObject({ sure: 0 })
  })

  it('R70 are stale exactly 365 days after they were proven, count all the same, and of them recovery addresses are due', async () => {
    const account = await makeRecoverable()
    expect(await statesOf(account, later(YEAR - 1))).toEqual(['ready', 'ready', 'missing', 'unconfirmed'])
    expect(await statesOf(account, DUE)).toEqual(['stale', 'stale', 'missing', 'unconfirmed'])
    expect(await healthOf(account, DUE)).toMatchObject({ sure: 2, due: ['email'] })
  })

  it('never end in one mailbox twice: the same one under another name is refused', async () => {
    const account = await makeAccount({ email: email('rina.hapsari@gmail.com') })
    const alias = email('RinaHapsari+cadangan@googlemail.com')
    expect(isSameDestination(account.email, alias)).toBe(true)
    const added = {
      userId: account.userId,
      role: 'recovery',
      address: alias,
      confirmedAt: NOW,
      origin: newOrigin(),
      now: NOW,
    } as const
    expect(await transaction((tx) => addAddress(tx, added))).toEqual(refuse('same_as_primary'))
  })
})

describe('an address is proven', () => {
  it('by its confirmation, and not before', async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    await saveRecovery(account, address)
    expect([await provenAt(account, account.phone), await provenAt(account, address)]).toEqual([NOW, null])
    const { id } = await db().address.findFirstOrThrow({ where: { userId: account.userId, role: 'recovery' } })
    await transaction((tx) => confirmAddress(tx, id, later(DAY)))
    expect(await provenAt(account, address)).toEqual(later(DAY))
  })

  it('by every right code that went to it alone, whatever the code was for, and by no wrong one', async () => {
    const account = await makeRecoverable()
    await forgetLimits()
    const { secret } = await expectDone(start(account.email, 'primary_phone', later(DAY)))
    const code = await newestCode(account.phone)
    expect(await passReset(secret, wrongCode(code), newOrigin(), later(DAY))).toEqual(refuse('code_wrong'))
    expect(await provenAt(account, account.phone)).toEqual(NOW)
    await expectDone(passReset(secret, code, newOrigin(), later(DAY)))
    expect([await provenAt(account, account.phone), await provenAt(account, account.recovery)]).toEqual([later(DAY), NOW])
  })

  it('by a reset over the recovery address when it is the only one; of two, neither', async () => {
    const [alone, twice] = [await makeRecoverable(), await makeRecoverable()]
    await addRecovery(twice, newPhone())
    for (const account of [alone, twice]) {
      const { secret } = await expectDone(start(account.email, 'recovery', later(DAY)))
      await expectDone(passReset(secret, await newestCode(account.recovery), newOrigin(), later(DAY)))
    }
    expect([await provenAt(alone, alone.recovery), await provenAt(twice, twice.recovery)]).toEqual([later(DAY), NOW])
  })

  it('by each code of a thaw; one that comes back out of the past keeps when it was proven', async () => {
    const account = await makeGuarded()
    await replaceSlot(account, 'primary_phone', newPhone())
    await stop(account)
    const secret = await provenThaw(account)
    await expectDone(complete(secret, { primary_phone: 'undo' }))
    expect([await provenAt(account, account.recoveryEmail), await provenAt(account, account.recoveryPhone)]).toEqual([SEEN, SEEN])
    expect(await provenAt(account, account.phone)).toEqual(NOW)
  })

  it('for the account that was asked, and for no other that holds the same address', async () => {
    const one = await makeRecoverable()
    const other = await makeAccount()
    await addRecovery(other, one.recovery)
    await check(one, one.recovery)
    expect([await provenAt(one, one.recovery), await provenAt(other, one.recovery)]).toEqual([DUE, NOW])
  })
})

describe('R70 the yearly check of a recovery address', () => {
  it('is not due a second before 365 days have passed', async () => {
    const account = await makeRecoverable()
    expect(await ask(account, account.recovery, later(YEAR - 1))).toEqual(refuse('nothing_to_prove'))
    expect(await findRecoveryProof(account.userId, 'email', later(YEAR - 1))).toBeNull()
    expect(await ask(account, account.recovery, DUE)).toEqual(done())
    expect(await findRecoveryProof(account.userId, 'email', DUE)).toMatchObject({ view: { isPassed: false } })
  })

  it('is passed by the code that came, told to every address, listed in the activity and rewarded', async () => {
    const account = await makeRecoverable()
    await expectDone(ask(account, account.recovery))
    expect((await kindsTo(account.recovery))[0]).toBe('code.prove_recovery')
    const code = await newestCode(account.recovery)
    expect(await prove(account, wrongCode(code))).toEqual(refuse('code_wrong'))
    expect(await prove(account, code)).toEqual(done(env().RECOVERY_CHECK_POINTS))
    for (const to of [account.email, account.phone, account.recovery])
      expect((await kindsTo(to))[0]).toBe('notice.recovery_proven')
    expect(await db().securityEvent.count({ where: { userId: account.userId, type: 'recovery_proven' } })).toBe(1)
    expect(await balanceOf(account.userId)).toBe(env().RECOVERY_REWARD_POINTS + env().RECOVERY_CHECK_POINTS)
    expect(await healthOf(account, DUE)).toMatchObject({ due: [] })
    expect(await ask(account, account.recovery)).toEqual(refuse('nothing_to_prove'))
  })

  it('passes once, and is rewarded once, when the right code comes twenty times at once', async () => {
    const account = await makeRecoverable()
    await expectDone(ask(account, account.recovery))
    const code = await newestCode(account.recovery)
    const outcomes = await atOnce(20, () => prove(account, code))
    expect(tally(outcomes).done).toBe(1)
    expect(await checksOf(account)).toEqual([env().RECOVERY_CHECK_POINTS])
    expect(await db().securityEvent.count({ where: { userId: account.userId, type: 'recovery_proven' } })).toBe(1)
  })

  it('asks for one code when it is asked for twenty times at once', async () => {
    const account = await makeRecoverable()
    await atOnce(20, () => ask(account, account.recovery))
    expect((await kindsTo(account.recovery)).filter((kind) => kind === 'code.prove_recovery')).toHaveLength(1)
  })

  it('comes again each year, with its reward, and a clock that leaps owes no years in between', async () => {
    const account = await makeRecoverable()
    for (const years of [1, 2, 7]) {
      await forgetLimits()
      expect(await check(account, account.recovery, later(years * YEAR))).toBe(env().RECOVERY_CHECK_POINTS)
    }
    expect(await checksOf(account)).toHaveLength(3)
  })

  it('is sent again by the resend button, on the sends of the customer', async () => {
    const account = await makeRecoverable()
    await expectDone(ask(account, account.recovery))
    const origin = newOrigin()
    await expectDone(resendCode({ userId: account.userId }, 'prove_recovery', origin, later(MINUTE, DUE)))
    expect(await prove(account, await newestCode(account.recovery), later(MINUTE, DUE))).toEqual(
      done(env().RECOVERY_CHECK_POINTS),
    )
    expect(await codesTo(account.recovery)).toHaveLength(3)
  })

  it('is over when the address is removed while its code is on the way, and when the account is frozen', async () => {
    const [removed, frozen] = [await makeRecoverable(), await makeRecoverable()]
    for (const account of [removed, frozen]) await expectDone(ask(account, account.recovery))
    await expectDone(requestRemoval(callerOf(removed, DUE), 'email'))
    await expectDone(removeRecoveryAddress(callerOf(removed, DUE), await newestCode(removed.phone)))
    await freezeOwnAccount(frozen.userId, newOrigin(), DUE)
    for (const account of [removed, frozen]) {
      expect(await prove(account, await newestCode(account.recovery))).toEqual(refuse('challenge_gone'))
      expect(await checksOf(account)).toEqual([])
    }
  })
})

describe('the reward of the check', () => {
  const credit = (userId: string, address = newEmail(), now = NOW) =>
    transaction((tx) => creditRecoveryCheck(tx, { userId, address, now }))

  it('is credited once for an account and address in 365 days, however many of twenty arrive at once', async () => {
    const [{ userId }, address] = [await makeAccount(), newEmail()]
    const credited = await atOnce(20, () => credit(userId, address))
    expect(credited.filter((points) => points > 0)).toEqual([env().RECOVERY_CHECK_POINTS])
    expect(await credit(userId, address, later(YEAR - 1))).toBe(0)
    const again = await atOnce(20, () => credit(userId, address, DUE))
    expect(again.filter((points) => points > 0)).toEqual([env().RECOVERY_CHECK_POINTS])
  })

  it('knows a mailbox by every name, another address and another account by themselves', async () => {
    const [one, other] = [await makeAccount(), await makeAccount()]
    expect(await credit(one.userId, email('wati.ayu@gmail.com'))).toBeGreaterThan(0)
    expect(await credit(one.userId, email('watiayu+toko@gmail.com'))).toBe(0)
    expect(await credit(one.userId)).toBeGreaterThan(0)
    expect(await credit(other.userId, email('wati.ayu@gmail.com'))).toBeGreaterThan(0)
  })

  it('is not earned again by removing the address and adding it anew', async () => {
    const account = await makeRecoverable()
    await check(account, account.recovery)
    await expectDone(requestRemoval(callerOf(account, DUE), 'email'))
    await expectDone(removeRecoveryAddress(callerOf(account, DUE), await newestCode(account.phone)))
    await forgetLimits()
    await addRecovery(account, account.recovery, later(YEAR + DAY))
    expect(await ask(account, account.recovery, later(2 * YEAR))).toEqual(refuse('nothing_to_prove'))
    expect(await checksOf(account)).toHaveLength(1)
  })
})
