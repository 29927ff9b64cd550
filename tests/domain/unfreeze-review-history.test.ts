import { describe, expect, it } from 'vitest'
import { maskAddress } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { done } from '@/lib/platform/result'
import { findUnfreeze, SLOTS } from '@/lib/recovery'
import { DAY, later, makeAccount, NOW } from '../support/accounts'
import { complete, replaceSlot, SEEN, slotsOf, stop } from './freeze-actions'
import {
  addressIn,
  disputedOf,
  insertGuarded,
  newFor,
  replaceOften,
  unfreezeBut,
  unfreezeBy,
} from './review-actions'

const daysBefore = (...days: number[]) => days.map((count) => later(-count * DAY, SEEN))

describe('a slot that changed several times within the seven days', () => {
  it.each(SLOTS)('%s gets back the address of before the first change', async (slot) => {
    const account = await insertGuarded()
    const before = await slotsOf(account)
    const first = await addressIn(account, slot)
    await replaceOften(account, slot, daysBefore(5, 2))
    const last = await addressIn(account, slot)
    await stop(account)
    const secret = await unfreezeBut(account, slot)
    const masks = { slot, earlier: maskAddress(first), present: maskAddress(last) }
    expect(await findUnfreeze(secret, SEEN)).toEqual({ step: 'review', disputed: [masks] })
    expect(await complete(secret, { [slot]: 'undo' })).toEqual(done())
    expect(await slotsOf(account)).toEqual(before)
  })

  it('gets back the address that it held seven days ago, after three changes and an older one', async () => {
    const account = await insertGuarded()
    await replaceOften(account, 'primary_phone', daysBefore(20, 9))
    const before = await slotsOf(account)
    await replaceOften(account, 'primary_phone', daysBefore(6, 4, 1))
    await stop(account)
    const secret = await unfreezeBut(account, 'primary_phone')
    expect(await complete(secret, { primary_phone: 'undo' })).toEqual(done())
    expect(await slotsOf(account)).toEqual(before)
  })

  it('keeps the last address when its owner keeps it', async () => {
    const account = await insertGuarded()
    const before = await slotsOf(account)
    const [, last] = await replaceOften(account, 'recovery_email', daysBefore(5, 2))
    await stop(account)
    const secret = await unfreezeBut(account, 'recovery_email')
    expect(await complete(secret, { recovery_email: 'keep' })).toEqual(done())
    expect(await slotsOf(account)).toEqual({ ...before, recovery_email: last?.value })
  })

  it('is disputed by its first and last address, not by those between', async () => {
    const account = await insertGuarded()
    const [owned, other] = [account.phone, newFor('primary_phone')]
    await replaceSlot(account, 'primary_phone', other, later(-4 * DAY, SEEN))
    await replaceSlot(account, 'primary_phone', owned, later(-3 * DAY, SEEN))
    expect(await disputedOf(account)).toEqual({})
    await replaceSlot(account, 'primary_phone', other, later(-2 * DAY, SEEN))
    expect(await disputedOf(account)).toEqual({ primary_phone: [owned.value, other.value] })
  })

  it('is empty again after the undo when it was empty before', async () => {
    const account = await makeAccount()
    const recoveryPhone = newFor('recovery_phone')
    await replaceSlot(account, 'recovery_phone', recoveryPhone, NOW)
    const before = await slotsOf(account)
    const [, last] = await replaceOften(account, 'recovery_email', daysBefore(5, 2))
    expect(await disputedOf(account)).toEqual({ recovery_email: [null, last?.value] })
    await stop(account)
    const secret = await unfreezeBut(account, 'recovery_email')
    expect(await complete(secret, { recovery_email: 'undo' })).toEqual(done())
    expect(await slotsOf(account)).toEqual(before)
  })

  it('is filled again after the undo when it was emptied, filled and emptied', async () => {
    const account = await insertGuarded()
    const before = await slotsOf(account)
    await replaceSlot(account, 'recovery_phone', null, later(-6 * DAY, SEEN))
    await replaceOften(account, 'recovery_phone', daysBefore(5))
    await replaceSlot(account, 'recovery_phone', null, later(-1 * DAY, SEEN))
    expect(await disputedOf(account)).toEqual({
      recovery_phone: [account.recoveryPhone.value, null],
    })
    await stop(account)
    const secret = await unfreezeBut(account, 'recovery_phone')
    expect(await complete(secret, { recovery_phone: 'undo' })).toEqual(done())
    expect(await slotsOf(account)).toEqual(before)
  })
})

describe('several slots that changed several times', () => {
  it('are each undone or kept, and an address that wandered returns to its slot', async () => {
    const account = await insertGuarded()
    await db().address.updateMany({
      where: { userId: account.userId, confirmedAt: null },
      data: { confirmedAt: NOW },
    })
    const before = await slotsOf(account)
    const [, kept] = await replaceOften(account, 'primary_phone', daysBefore(6, 3))
    await replaceSlot(account, 'recovery_phone', null, later(-5 * DAY, SEEN))
    await replaceSlot(account, 'primary_phone', account.recoveryPhone, later(-2 * DAY, SEEN))
    await replaceOften(account, 'recovery_phone', daysBefore(2, 1))
    await replaceSlot(account, 'primary_phone', kept ?? account.phone, later(-1 * DAY, SEEN))
    await stop(account)
    const secret = await unfreezeBy(account, ['primary_email', 'recovery_email'])
    const decisions = { primary_phone: 'keep', recovery_phone: 'undo' } as const
    expect(await complete(secret, decisions)).toEqual(done())
    expect(await slotsOf(account)).toEqual({ ...before, primary_phone: kept?.value })
  })
})
