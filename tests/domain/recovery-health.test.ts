import { describe, expect, it } from 'vitest'
import { addAddress, confirmAddress, isSameMailbox } from '@/lib/addresses'
import { db, transaction } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { passReset } from '@/lib/recovery'
import {
  addRecoveriesWithCodes,
  addRecovery,
  DAY,
  email,
  expectDone,
  forgetLimits,
  later,
  makeAccount,
  makeNewAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  saveRecovery,
} from '../support/accounts'
import { newestCode, wrongCode } from '../support/outbox'
import { complete, makeGuarded, replaceSlot, SEEN, stop, verifiedUnfreeze } from './freeze-actions'
import { check, DUE, healthOf, lastVerifiedAt, statesOf, unreachable, YEAR } from './health-actions'
import { start } from './reset-actions'

addRecoveriesWithCodes()

describe('the recovery methods of an account', () => {
  it('are only the primary phone after the registration', async () => {
    const account = await makeAccount()
    expect(await statesOf(account)).toEqual(['ready', 'missing', 'missing', 'unconfirmed'])
    expect(await healthOf(account)).toMatchObject({ reachableCount: 1, due: [] })
  })

  it('count an e-mail that does not work yet, and none, as neither verified nor reachable', async () => {
    const account = await makeNewAccount()
    expect(await statesOf(account)).toEqual(['ready', 'missing', 'missing', 'pending'])
    expect(await healthOf(account)).toMatchObject({ reachableCount: 1, due: [] })
    await replaceSlot(account, 'primary_email', null)
    expect(await statesOf(account)).toEqual(['ready', 'missing', 'missing', 'missing'])
  })

  it('include each recovery address from its confirmation', async () => {
    const account = await makeAccount()
    await saveRecovery(account, newPhone())
    expect(await healthOf(account)).toMatchObject({ reachableCount: 1 })
    expect(await statesOf(account)).toEqual(['ready', 'missing', 'unconfirmed', 'unconfirmed'])
    await addRecovery(account, newEmail())
    expect(await healthOf(account)).toMatchObject({ reachableCount: 2 })
  })

  it('do not include an unreachable address', async () => {
    const account = await makeRecoverable()
    await unreachable(account, account.recovery)
    expect(await statesOf(account)).toEqual(['ready', 'unreachable', 'missing', 'unconfirmed'])
    expect(await healthOf(account)).toMatchObject({ reachableCount: 1 })
    await unreachable(account, account.phone)
    expect(await healthOf(account)).toMatchObject({ reachableCount: 0 })
  })

  it('R70 are stale from 365 days after their verification, still count, and recovery addresses are then due', async () => {
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

  it('never share a mailbox: another name of the same one is refused', async () => {
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

describe('an address is verified', () => {
  it('by its confirmation and not before', async () => {
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

  it('by every right code sent only to it, for any purpose, and by no wrong one', async () => {
    const account = await makeRecoverable()
    await forgetLimits()
    const { secret } = await expectDone(start(account.email, 'primary_phone', later(DAY)))
    const code = await newestCode(account.phone)
    expect(await passReset(secret, wrongCode(code), newOrigin(), later(DAY))).toMatchObject(
      refuse('code_wrong'),
    )
    expect(await lastVerifiedAt(account, account.phone)).toEqual(NOW)
    await expectDone(passReset(secret, code, newOrigin(), later(DAY)))
    expect([
      await lastVerifiedAt(account, account.phone),
      await lastVerifiedAt(account, account.recovery),
    ]).toEqual([later(DAY), NOW])
  })

  it('by a reset through the only recovery address, and not through one of two', async () => {
    const [alone, twice] = [await makeRecoverable(), await makeRecoverable()]
    const second = newPhone()
    await addRecovery(twice, second)
    for (const account of [alone, twice]) {
      const { secret } = await expectDone(start(account.email, 'recovery', later(DAY)))
      await expectDone(
        passReset(secret, await newestCode(account.recovery), newOrigin(), later(DAY)),
      )
    }
    expect([
      await lastVerifiedAt(alone, alone.recovery),
      await lastVerifiedAt(twice, twice.recovery),
      await lastVerifiedAt(twice, second),
    ]).toEqual([later(DAY), NOW, NOW])
  })

  it('by each code of an unfreeze, and a restored address keeps its time', async () => {
    const account = await makeGuarded()
    await replaceSlot(account, 'primary_phone', newPhone())
    await stop(account)
    const secret = await verifiedUnfreeze(account)
    await expectDone(complete(secret, { primary_phone: 'undo' }))
    expect([
      await lastVerifiedAt(account, account.recoveryEmail),
      await lastVerifiedAt(account, account.recoveryPhone),
    ]).toEqual([SEEN, SEEN])
    expect(await lastVerifiedAt(account, account.phone)).toEqual(NOW)
  })

  it('only for the account that requested the code', async () => {
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
