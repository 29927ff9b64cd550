import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type AnyAddress, maskAddress } from '@/lib/addresses'
import {
  confirmPrimaryEmail,
  remindOwners,
  requestEmailConfirmation,
  startReminders,
} from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { freezeOwnAccount } from '@/lib/recovery'
import {
  type Account,
  addRecovery,
  atOnce,
  callerOf,
  DAY,
  email,
  expectDone,
  later,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  saveRecovery,
} from '../support/accounts'
import { holdUser } from '../support/gate'
import { kindsTo, messagesTo, newestCode } from '../support/outbox'
import { check, DUE, unreachable, YEAR } from './health-actions'

/** Marks every earlier address as not due. */
beforeEach(async () => {
  await db().address.updateMany({ data: { remindedAt: later(20 * YEAR) } })
})

const remindersTo = async (address: AnyAddress) =>
  (await kindsTo(address)).filter((kind) => kind === 'reminder').length
/** The order in which customers are reminded. */
const inOrder = ([one, other]: [Account, Account]): [Account, Account] =>
  one.userId < other.userId ? [one, other] : [other, one]
const confirmEmail = async (account: Account) => {
  await expectDone(requestEmailConfirmation(callerOf(account)))
  await expectDone(confirmPrimaryEmail(callerOf(account), await newestCode(account.email)))
}

describe('R70 the reminder of a recovery address', () => {
  it('is sent once after twelve months without a verification', async () => {
    const account = await makeRecoverable()
    await remindOwners(later(YEAR - 1))
    expect(await remindersTo(account.phone)).toBe(0)
    for (const seconds of [0, 1, 3_600, 30 * 86_400]) await remindOwners(later(YEAR + seconds))
    expect(await remindersTo(account.phone)).toBe(1)
    await remindOwners(later(2 * YEAR))
    expect(await remindersTo(account.phone)).toBe(2)
  })

  it('is sent once by twenty concurrent workers', async () => {
    const accounts = [await makeRecoverable(), await makeRecoverable(newPhone())]
    for (const account of accounts) await confirmEmail(account)
    await atOnce(20, () => remindOwners(DUE))
    expect(await Promise.all(accounts.map(({ email }) => remindersTo(email)))).toEqual([1, 1])
  })

  it('covers both addresses, masks them, and is not due after they are verified', async () => {
    const account = await makeRecoverable()
    const second = newPhone()
    await addRecovery(account, second)
    await remindOwners(DUE)
    const [reminder] = await messagesTo(account.phone)
    const masks = [account.recovery, second].map(maskAddress)
    expect(reminder?.content).toMatchObject({
      kind: 'reminder',
      addresses: expect.arrayContaining(masks),
    })
    await check(account, account.recovery)
    await check(account, second, later(60, DUE))
    await remindOwners(later(YEAR + 61))
    expect(await remindersTo(account.phone)).toBe(1)
  })

  it('goes to the confirmed primary e-mail, or to the phone when the e-mail is unreachable', async () => {
    const [one, other] = [await makeRecoverable(), await makeRecoverable()]
    for (const account of [one, other]) await confirmEmail(account)
    await unreachable(other, other.email)
    await remindOwners(DUE)
    expect([await remindersTo(one.email), await remindersTo(one.phone)]).toEqual([1, 0])
    expect([await remindersTo(other.email), await remindersTo(other.phone)]).toEqual([0, 1])
  })

  it('is not sent without a confirmed recovery address, nor to a frozen account', async () => {
    const [none, waiting, frozen] = [
      await makeAccount(),
      await makeAccount(),
      await makeRecoverable(),
    ]
    await saveRecovery(waiting, newEmail())
    await freezeOwnAccount(frozen.userId, newOrigin(), NOW)
    await remindOwners(DUE)
    for (const { phone } of [none, waiting, frozen]) expect(await remindersTo(phone)).toBe(0)
  })

  it('names only the addresses that are due, goes out by the channel of its reader, and expires after three days', async () => {
    const [account, second] = [await makeRecoverable(email('tante.rita@example.com')), newPhone()]
    await addRecovery(account, second)
    await check(account, second)
    await remindOwners(later(DAY, DUE))
    const [byPhone] = (await messagesTo(account.phone)).filter(({ kind }) => kind === 'reminder')
    expect(byPhone).toMatchObject({
      channel: 'sms',
      content: { addresses: ['ta•••a@example.com'] },
      expiresAt: later(4 * DAY, DUE),
    })
    await confirmEmail(account)
    await remindOwners(later(YEAR + 2 * DAY, DUE))
    const [byEmail] = (await messagesTo(account.email)).filter(({ kind }) => kind === 'reminder')
    expect(byEmail).toMatchObject({ channel: 'email' })
  })

  it('reaches the others when it fails for one customer, which is logged', async () => {
    const warn = vi.spyOn(log, 'warn').mockReturnValue()
    const [broken, account] = inOrder([await makeRecoverable(), await makeRecoverable()])
    await db().address.updateMany({
      where: { userId: broken.userId, role: 'recovery' },
      data: { sealed: 'unreadable' },
    })
    await remindOwners(DUE)
    expect(await remindersTo(account.phone)).toBe(1)
    expect(warn).toHaveBeenCalledWith({
      event: 'reminder_failed',
      error: expect.objectContaining({ name: 'Error' }),
    })
  })

  it('is sent by the worker, which stops after the present customer', async () => {
    const [first, second] = inOrder([await makeAccount(), await makeAccount()])
    for (const account of [first, second]) await addRecovery(account, newEmail(), later(-2 * YEAR))
    const present = await holdUser(first.userId)
    const reminders = startReminders()
    await present.crowd(1)
    const stopped = reminders.stop()
    await present.open()
    await stopped
    expect([await remindersTo(first.phone), await remindersTo(second.phone)]).toEqual([1, 0])
  })
})
