import { describe, expect, it } from 'vitest'
import { addAddress, confirmAddress, isSameMailbox } from '@/lib/addresses'
import { db, transaction } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { passReset } from '@/lib/recovery'
import {
  addRecovery,
  DAY,
  email,
  expectDone,
  forgetLimits,
  later,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  saveRecovery,
} from '../support/accounts'
import { newestCode, wrongCode } from '../support/outbox'
import { complete, makeGuarded, provenUnfreeze, replaceSlot, SEEN, stop } from './freeze-actions'
import { check, DUE, healthOf, lastVerifiedAt, statesOf, unreachable, YEAR } from './health-actions'
import { start } from './reset-actions'

describe('the methods back into an account', () => {
  it('are the primary phone alone after the registration: that is one way in all', async () => {
    const account = await makeAccount()
    expect(await statesOf(account)).toEqual(['ready', 'missing', 'missing', 'unconfirmed'])
    expect(await healthOf(account)).toMatchObject({ reachableCount: 1, due: [] })
  })

  it('are more with each recovery address, from its confirmation on', async () => {
    const account = await makeAccount()
    await saveRecovery(account, newPhone())
    expect(await healthOf(account)).toMatchObject({ reachableCount: 1 })
    expect(await statesOf(account)).toEqual(['ready', 'missing', 'unconfirmed', 'unconfirmed'])
    await addRecovery(account, newEmail())
    expect(await healthOf(account)).toMatchObject({ reachableCount: 2 })
  })

  it('do not count what cannot be reached', async () => {
    const account = await makeRecoverable()
    await unreachable(account, account.recovery)
    expect(await statesOf(account)).toEqual(['ready', 'unreachable', 'missing', 'unconfirmed'])
    expect(await healthOf(account)).toMatchObject({ reachableCount: 1 })
    await unreachable(account, account.phone)
    expect(await healthOf(account)).toMatchObject({ reachableCount: 0 })
  })

  it('R70 are stale exactly 365 days after they were proven, count all the same, and of them recovery addresses are due', async () => {
    const account = await makeRecoverable()
    expect(await statesOf(account, later(YEAR - 1))).toEqual([
      'ready',
      'ready',
      'missing',
      'unconfirmed',
    ])
    expect(await statesOf(account, DUE)).toEqual(['stale', 'stale', 'missing', 'unconfirmed'])
    expect(await healthOf(account, DUE)).toMatchObject({ reachableCount: 2, due: ['email'] })
  })

  it('never end in one mailbox twice: the same one under another name is refused', async () => {
    const account = await makeAccount({ email: email('rina.hapsari@gmail.com') })
    const alias = email('RinaHapsari+cadangan@googlemail.com')
    expect(isSameMailbox(account.email, alias)).toBe(true)
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
    expect([
      await lastVerifiedAt(account, account.phone),
      await lastVerifiedAt(account, address),
    ]).toEqual([NOW, null])
    const { id } = await db().address.findFirstOrThrow({
      where: { userId: account.userId, role: 'recovery' },
    })
    await transaction((tx) => confirmAddress(tx, id, later(DAY)))
    expect(await lastVerifiedAt(account, address)).toEqual(later(DAY))
  })

  it('by every right code that went to it alone, whatever the code was for, and by no wrong one', async () => {
    const account = await makeRecoverable()
    await forgetLimits()
    const { secret } = await expectDone(start(account.email, 'primary_phone', later(DAY)))
    const code = await newestCode(account.phone)
    expect(await passReset(secret, wrongCode(code), newOrigin(), later(DAY))).toEqual(
      refuse('code_wrong'),
    )
    expect(await lastVerifiedAt(account, account.phone)).toEqual(NOW)
    await expectDone(passReset(secret, code, newOrigin(), later(DAY)))
    expect([
      await lastVerifiedAt(account, account.phone),
      await lastVerifiedAt(account, account.recovery),
    ]).toEqual([later(DAY), NOW])
  })

  it('by a reset over the recovery address when it is the only one; of two, neither', async () => {
    const [alone, twice] = [await makeRecoverable(), await makeRecoverable()]
    await addRecovery(twice, newPhone())
    for (const account of [alone, twice]) {
      const { secret } = await expectDone(start(account.email, 'recovery', later(DAY)))
      await expectDone(
        passReset(secret, await newestCode(account.recovery), newOrigin(), later(DAY)),
      )
    }
    expect([
      await lastVerifiedAt(alone, alone.recovery),
      await lastVerifiedAt(twice, twice.recovery),
    ]).toEqual([later(DAY), NOW])
  })

  it('by each code of an unfreeze; one that comes back out of the past keeps when it was proven', async () => {
    const account = await makeGuarded()
    await replaceSlot(account, 'primary_phone', newPhone())
    await stop(account)
    const secret = await provenUnfreeze(account)
    await expectDone(complete(secret, { primary_phone: 'undo' }))
    expect([
      await lastVerifiedAt(account, account.recoveryEmail),
      await lastVerifiedAt(account, account.recoveryPhone),
    ]).toEqual([SEEN, SEEN])
    expect(await lastVerifiedAt(account, account.phone)).toEqual(NOW)
  })

  it('for the account that was asked, and for no other that holds the same address', async () => {
    const one = await makeRecoverable()
    const other = await makeAccount()
    await addRecovery(other, one.recovery)
    await check(one, one.recovery)
    expect([
      await lastVerifiedAt(one, one.recovery),
      await lastVerifiedAt(other, one.recovery),
    ]).toEqual([DUE, NOW])
  })
})
