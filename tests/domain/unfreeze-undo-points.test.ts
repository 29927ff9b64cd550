import { describe, expect, it } from 'vitest'
import type { AnyAddress } from '@/lib/addresses'
import { db, transaction } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { balanceOf, canSpend, creditRecoveryReward, statementOf } from '@/lib/points'
import type { SlotName } from '@/lib/recovery'
import { unfreezeByCare } from '@/lib/support'
import {
  type Account,
  atOnce,
  countOutcomes,
  DAY,
  later,
  makeAccount,
  NOW,
  newEmail,
  newPhone,
} from '../support/accounts'
import { breakInserts } from '../support/gate'
import { complete, replaceSlot, SEEN, slotsOf, stop, THEFT } from './freeze-actions'
import { insertGuarded, unfreezeBut, unfreezeBy } from './review-actions'

const REWARD = 1_000

const credit = ({ userId }: Account, address: AnyAddress, now = THEFT) =>
  transaction((tx) => creditRecoveryReward(tx, { userId, address, now }))

/** Puts an address into a slot, and credits the reward that its confirmation earns. */
async function earn(account: Account, slot: SlotName, address: AnyAddress, now = THEFT) {
  await replaceSlot(account, slot, address, now)
  return credit(account, address, now)
}

/** The amounts of the entries, the newest first. Fails unless their sum is the balance. */
async function amountsOf({ userId }: Account) {
  const { balance, entries } = await statementOf(userId)
  const amounts = entries.map(({ amount }) => amount)
  expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(balance)
  expect(await balanceOf(userId)).toBe(balance)
  return amounts
}

/** A frozen account in whose empty slot a thief has put a rewarded address. */
async function robbed() {
  const account = await makeAccount()
  await replaceSlot(account, 'recovery_phone', newPhone(), NOW)
  const stolen = newEmail()
  expect(await earn(account, 'recovery_email', stolen)).toBe(REWARD)
  await stop(account)
  return { account, stolen }
}

const verified = async () => {
  const { account, stolen } = await robbed()
  return { account, stolen, secret: await unfreezeBut(account, 'recovery_email') }
}

const UNDO = { recovery_email: 'undo' } as const
const care = ({ userId }: Account, slots: SlotName[], now = SEEN) =>
  unfreezeByCare({ userId, reason: 'tiket 4711', now }, slots)

describe('the undo of a rewarded recovery address', () => {
  it('reverses the reward once, and is not done a second time', async () => {
    const { account, secret } = await verified()
    expect(await complete(secret, UNDO)).toEqual(done())
    expect(await amountsOf(account)).toEqual([-REWARD, REWARD])
    expect(await complete(secret, UNDO)).toEqual(refuse('unfreeze_gone'))
    expect(await care(account, ['recovery_email'])).toEqual(refuse('not_frozen'))
    expect(await amountsOf(account)).toEqual([-REWARD, REWARD])
  })

  it('reverses the reward once when it is asked for ten times at once', async () => {
    const { account, secret } = await verified()
    const outcomes = await atOnce(10, () => complete(secret, UNDO))
    expect(countOutcomes(outcomes)).toEqual({ done: 1, unfreeze_gone: 9 })
    expect(await amountsOf(account)).toEqual([-REWARD, REWARD])
  })

  it('reverses the reward when customer care does it', async () => {
    const { account } = await robbed()
    expect(await care(account, ['recovery_email'])).toEqual(done())
    expect(await amountsOf(account)).toEqual([-REWARD, REWARD])
  })

  it('leaves a day in which no points can be spent', async () => {
    const { account, secret } = await verified()
    expect(await canSpend(account.userId, SEEN)).toEqual(refuse('account_frozen'))
    expect(await complete(secret, UNDO)).toEqual(done())
    expect(await canSpend(account.userId, SEEN)).toEqual(refuse('account_restricted', DAY))
    expect(await canSpend(account.userId, later(DAY, SEEN))).toEqual(done())
  })

  it('reverses nothing when it fails, or is refused', async () => {
    const { account, stolen, secret } = await verified()
    const mend = await breakInserts('Message')
    await expect(complete(secret, UNDO)).rejects.toThrow('inserts into Message fail')
    await mend()
    expect(await complete(secret)).toEqual(refuse('choice_missing'))
    expect(await amountsOf(account)).toEqual([REWARD])
    expect(await slotsOf(account)).toMatchObject({ recovery_email: stolen.value })
  })

  it('lets another address earn the reward, and the removed one not again', async () => {
    const { account, stolen, secret } = await verified()
    expect(await complete(secret, UNDO)).toEqual(done())
    expect(await credit(account, stolen, SEEN)).toBe(0)
    expect(await earn(account, 'recovery_email', newEmail(), later(DAY, SEEN))).toBe(REWARD)
    expect(await credit(account, newEmail(), later(DAY, SEEN))).toBe(0)
    expect(await amountsOf(account)).toEqual([REWARD, -REWARD, REWARD])
  })

  it('reverses the reward of a second theft as well', async () => {
    const { account, secret } = await verified()
    expect(await complete(secret, UNDO)).toEqual(done())
    const again = later(2 * DAY, SEEN)
    expect(await earn(account, 'recovery_email', newEmail(), later(DAY, SEEN))).toBe(REWARD)
    await stop(account, again)
    expect(await care(account, ['recovery_email'], again)).toEqual(done())
    expect(await amountsOf(account)).toEqual([-REWARD, REWARD, -REWARD, REWARD])
  })
})

describe('an unfreeze leaves the reward', () => {
  it('of an address that its owner keeps', async () => {
    const { account, secret } = await verified()
    expect(await complete(secret, { recovery_email: 'keep' })).toEqual(done())
    expect(await amountsOf(account)).toEqual([REWARD])
  })

  it('of an address that returns to its slot', async () => {
    const account = await insertGuarded()
    expect(await credit(account, account.recoveryEmail, NOW)).toBe(REWARD)
    await replaceSlot(account, 'recovery_email', newEmail())
    await stop(account)
    const secret = await unfreezeBut(account, 'recovery_email')
    expect(await complete(secret, UNDO)).toEqual(done())
    expect(await amountsOf(account)).toEqual([REWARD])
  })

  it('of an address that was moved to another slot, and returns from there', async () => {
    const account = await insertGuarded()
    const before = await slotsOf(account)
    expect(await credit(account, account.recoveryPhone, NOW)).toBe(REWARD)
    await replaceSlot(account, 'recovery_phone', null)
    await replaceSlot(account, 'primary_phone', account.recoveryPhone)
    await replaceSlot(account, 'recovery_phone', account.phone)
    await stop(account)
    const secret = await unfreezeBy(account, ['recovery_email', 'recovery_phone'])
    const decisions = { primary_phone: 'undo', recovery_phone: 'undo' } as const
    expect(await complete(secret, decisions)).toEqual(done())
    expect(await slotsOf(account)).toEqual(before)
    expect(await amountsOf(account)).toEqual([REWARD])
  })

  it('that the address had earned for another customer', async () => {
    const [account, thief] = [await insertGuarded(), await makeAccount()]
    const stolen = newEmail()
    expect(await credit(account, account.recoveryEmail, NOW)).toBe(REWARD)
    expect(await earn(thief, 'recovery_email', stolen)).toBe(REWARD)
    expect(await earn(account, 'recovery_email', stolen)).toBe(0)
    await stop(account)
    const secret = await unfreezeBut(account, 'recovery_email')
    expect(await complete(secret, UNDO)).toEqual(done())
    expect([await amountsOf(account), await amountsOf(thief)]).toEqual([[REWARD], [REWARD]])
  })

  it('of another slot that is not undone', async () => {
    const account = await makeAccount()
    await db().address.updateMany({
      where: { userId: account.userId },
      data: { confirmedAt: NOW },
    })
    expect(await earn(account, 'recovery_email', newEmail())).toBe(REWARD)
    await replaceSlot(account, 'recovery_phone', newPhone())
    await stop(account)
    const secret = await unfreezeBy(account, ['primary_phone', 'primary_email'])
    const decisions = { recovery_email: 'keep', recovery_phone: 'undo' } as const
    expect(await complete(secret, decisions)).toEqual(done())
    expect(await amountsOf(account)).toEqual([REWARD])
  })
})
