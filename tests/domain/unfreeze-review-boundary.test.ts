import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { unfreezeByCare } from '@/lib/support'
import { type Account, DAY, HOUR, later, newEmail } from '../support/accounts'
import { kindsTo } from '../support/outbox'
import { replaceSlot, SEEN, slotsOf, stop } from './freeze-actions'
import {
  addressIn,
  disputedOf,
  insertGuarded,
  insertUnconfirmed,
  newFor,
  replaceOften,
} from './review-actions'

const WEEK = 7 * DAY
const beforeFreeze = (seconds: number) => later(-seconds, SEEN)

/** Freezes an account and has customer care unfreeze it at once. */
async function careUnfreezes(
  account: Account,
  undo: Parameters<typeof unfreezeByCare>[1],
  now: Date,
) {
  await stop(account, now)
  expect(await unfreezeByCare({ userId: account.userId, reason: 'tiket 4711', now }, undo)).toEqual(
    done(),
  )
}

describe('the review of a freeze begins seven days before it', () => {
  it('and does not offer a change of that very moment, but one of a second later', async () => {
    const account = await insertGuarded()
    await replaceSlot(account, 'primary_phone', newFor('primary_phone'), beforeFreeze(WEEK))
    const phone = await addressIn(account, 'primary_phone')
    expect(await disputedOf(account)).toEqual({})
    await replaceSlot(account, 'primary_phone', newFor('primary_phone'), beforeFreeze(WEEK - 1))
    const last = await addressIn(account, 'primary_phone')
    expect(await disputedOf(account)).toEqual({ primary_phone: [phone.value, last.value] })
  })

  it('and counts a recovery address from its confirmation on, a primary from its adding on', async () => {
    const account = await insertGuarded()
    const saved = newEmail()
    await replaceSlot(account, 'recovery_email', null, beforeFreeze(WEEK + 2))
    const { id } = await insertUnconfirmed(account, saved, beforeFreeze(WEEK + 1))
    expect(await disputedOf(account)).toEqual({ recovery_email: [null, saved.value] })
    await db().address.updateMany({
      where: { userId: account.userId, OR: [{ id }, { role: 'primary', kind: 'email' }] },
      data: { confirmedAt: beforeFreeze(WEEK - 1) },
    })
    expect(await disputedOf(account)).toEqual({ recovery_email: [null, saved.value] })
    await db().address.update({ where: { id }, data: { confirmedAt: beforeFreeze(WEEK) } })
    expect(await disputedOf(account)).toEqual({})
  })
})

describe('the review after an unfreeze by customer care', () => {
  const OPENED = beforeFreeze(3 * DAY)

  it('does not offer what care kept, and a later change leads back to that', async () => {
    const account = await insertGuarded()
    const [, kept] = await replaceOften(account, 'primary_phone', [
      beforeFreeze(5 * DAY),
      beforeFreeze(4 * DAY),
    ])
    await careUnfreezes(account, [], OPENED)
    expect(await disputedOf(account)).toEqual({})
    const [last] = await replaceOften(account, 'primary_phone', [beforeFreeze(DAY)])
    expect(await disputedOf(account)).toEqual({ primary_phone: [kept?.value, last?.value] })
    await stop(account)
    const again = { userId: account.userId, reason: 'tiket 4712', now: SEEN }
    expect(await unfreezeByCare(again, ['primary_phone'])).toEqual(done())
    expect(await slotsOf(account)).toMatchObject({ primary_phone: kept?.value })
  })

  it('does not offer what care undid, and a later change leads back to the restored address', async () => {
    const account = await insertGuarded()
    const before = await slotsOf(account)
    await replaceOften(account, 'recovery_email', [beforeFreeze(5 * DAY), beforeFreeze(4 * DAY)])
    await careUnfreezes(account, ['recovery_email'], OPENED)
    expect(await slotsOf(account)).toEqual(before)
    expect(await disputedOf(account)).toEqual({})
    const [last] = await replaceOften(account, 'recovery_email', [beforeFreeze(DAY)])
    expect(await disputedOf(account)).toEqual({
      recovery_email: [account.recoveryEmail.value, last?.value],
    })
  })

  it('begins at the last of several', async () => {
    const account = await insertGuarded()
    await careUnfreezes(account, [], OPENED)
    await replaceOften(account, 'primary_phone', [beforeFreeze(2 * DAY)])
    await careUnfreezes(account, [], beforeFreeze(DAY))
    expect(await disputedOf(account)).toEqual({})
    await stop(account)
    const undo = { userId: account.userId, reason: 'tiket 4713', now: SEEN }
    expect(await unfreezeByCare(undo, ['primary_phone'])).toEqual(refuse('not_disputed'))
  })

  it('is that of this account: an unfreeze of another one changes nothing', async () => {
    const [account, other] = [await insertGuarded(), await insertGuarded()]
    const [last] = await replaceOften(account, 'primary_phone', [beforeFreeze(5 * DAY)])
    await careUnfreezes(other, [], OPENED)
    expect(await disputedOf(account)).toEqual({
      primary_phone: [account.phone.value, last?.value],
    })
  })

  it('does not reach back to an unfreeze that is older than seven days', async () => {
    const account = await insertGuarded()
    await careUnfreezes(account, [], beforeFreeze(WEEK + DAY))
    await replaceOften(account, 'primary_phone', [beforeFreeze(WEEK + HOUR)])
    expect(await disputedOf(account)).toEqual({})
  })

  it('concerns the addresses removed since: only they hear of the next freeze', async () => {
    const account = await insertGuarded()
    const [first, second] = [account.recoveryEmail, newEmail()]
    await replaceSlot(account, 'recovery_email', second, beforeFreeze(4 * DAY))
    await careUnfreezes(account, [], OPENED)
    const heard = await kindsTo(first)
    await replaceSlot(account, 'recovery_email', null, beforeFreeze(DAY))
    await stop(account)
    expect(await kindsTo(first)).toEqual(heard)
    expect((await kindsTo(second))[0]).toBe('notice.frozen')
  })
})
