import { describe, expect, it } from 'vitest'
import { createAccount, hashPassword } from '@/lib/accounts'
import { findSecureLink, verifyActivity } from '@/lib/activity'
import { maskAddress } from '@/lib/addresses'
import { db, transaction } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { balanceOf, creditRecoveryReward, reverseRecoveryReward } from '@/lib/points'
import { findUnfreeze } from '@/lib/recovery'
import { atOnce, DAY, later, makeAccount, newEmail, newOrigin, newPhone } from '../support/accounts'
import { messagesTo } from '../support/outbox'
import {
  begin,
  complete,
  eventsOf,
  makeGuarded,
  replaceSlot,
  SEEN,
  slotsOf,
  stop,
  THEFT,
  userOf,
  verifiedUnfreeze,
  verifyAddress,
} from './freeze-actions'
import { stateOf } from './reset-actions'

/**
 * An account whose primaries a thief has replaced, frozen, with an unfreeze that lacks only the
 * review.
 */
async function robbed() {
  const account = await makeGuarded()
  const before = await slotsOf(account)
  const [phone, email] = [newPhone(), newEmail()]
  await replaceSlot(account, 'primary_phone', phone)
  await replaceSlot(account, 'primary_email', email)
  await stop(account)
  return { account, before, thief: { phone, email }, secret: await verifiedUnfreeze(account) }
}

const UNDO_BOTH = { primary_phone: 'undo', primary_email: 'undo' } as const

describe('what changed before a freeze', () => {
  it('is disputed by slot, and receives no code', async () => {
    const account = await makeGuarded()
    await replaceSlot(account, 'primary_phone', newPhone())
    await replaceSlot(account, 'recovery_email', null)
    await stop(account)
    const secret = await begin(account)
    expect(await findUnfreeze(secret, SEEN)).toMatchObject({ step: 'stuck' })
  })

  it('is not disputed after seven days', async () => {
    const account = await makeGuarded()
    await replaceSlot(account, 'primary_phone', newPhone(), later(20 * DAY))
    await stop(account)
    expect(await findUnfreeze(await begin(account), SEEN)).toMatchObject({
      choices: ['primary_phone', 'recovery_phone', 'recovery_email'],
    })
  })

  it('requires a decision for each slot', async () => {
    const { secret, account } = await robbed()
    const before = await stateOf(account)
    expect(await complete(secret)).toEqual(refuse('choice_missing'))
    expect(await complete(secret, { primary_phone: 'undo' })).toEqual(refuse('choice_missing'))
    expect(await stateOf(account)).toEqual(before)
  })

  it('is undone, and the removed addresses are notified without a link', async () => {
    const { account, before, thief, secret } = await robbed()
    expect(await complete(secret, UNDO_BOTH)).toEqual(done())
    expect(await slotsOf(account)).toEqual(before)
    expect((await eventsOf(account)).slice(-3)).toEqual([
      'unfrozen',
      'change_undone',
      'change_undone',
    ])
    for (const address of [thief.phone, thief.email]) {
      const [last, ...earlier] = (await messagesTo(address)).map(({ content }) => content)
      expect(last).toMatchObject({ event: 'change_undone' })
      expect(last).not.toHaveProperty('link')
      expect(earlier).toHaveLength(1)
      const [link] = earlier.flatMap((content) =>
        content.kind === 'notice' && content.link ? [content.link] : [],
      )
      expect(await findSecureLink(link ?? '', SEEN)).toMatchObject({ state: 'closed' })
    }
    expect((await messagesTo(account.phone))[0]?.content).toMatchObject({
      event: 'change_undone',
      address: maskAddress(account.email),
      link: expect.any(String),
    })
    expect((await verifyActivity(new Date())).faults).toEqual([])
  })

  it('stays when its owner keeps it', async () => {
    const { account, before, thief, secret } = await robbed()
    expect(await complete(secret, { primary_phone: 'keep', primary_email: 'undo' })).toEqual(done())
    expect(await slotsOf(account)).toEqual({ ...before, primary_phone: thief.phone.value })
  })

  it('is undone across slots: an address that moved to another one', async () => {
    const account = await makeGuarded()
    const before = await slotsOf(account)
    await replaceSlot(account, 'recovery_phone', null)
    await replaceSlot(account, 'primary_phone', account.recoveryPhone)
    await replaceSlot(account, 'recovery_phone', account.phone)
    await stop(account)
    const secret = await begin(account)
    await verifyAddress(secret, 'unfreeze_first', 'recovery_email', account.recoveryEmail)
    await verifyAddress(secret, 'unfreeze_second', 'recovery_phone', account.phone)
    const both = await complete(secret, { primary_phone: 'undo', recovery_phone: 'keep' })
    expect(both).toEqual(refuse('undo_conflict'))
    expect(await complete(secret, { primary_phone: 'undo', recovery_phone: 'undo' })).toEqual(
      done(),
    )
    expect(await slotsOf(account)).toEqual(before)
  })

  it('is not disputed again by a later freeze', async () => {
    const { account, secret } = await robbed()
    expect(await complete(secret, UNDO_BOTH)).toEqual(done())
    await stop(account, later(2 * DAY, SEEN))
    const again = await begin(account, later(2 * DAY, SEEN))
    expect(await findUnfreeze(again, later(2 * DAY, SEEN))).toMatchObject({
      choices: ['primary_phone', 'recovery_phone', 'recovery_email'],
    })
  })
})

describe('an undo', () => {
  it('of a primary that another account has taken is refused and changes nothing', async () => {
    const { account, secret } = await robbed()
    await makeAccount({ phone: account.phone })
    const before = [await stateOf(account), await slotsOf(account)]
    expect(await complete(secret, UNDO_BOTH)).toEqual(refuse('undo_taken'))
    expect([await stateOf(account), await slotsOf(account)]).toEqual(before)
    expect(await complete(secret, { primary_phone: 'keep', primary_email: 'undo' })).toEqual(done())
  })

  it('that races a registration of the number gives it to one of the two', async () => {
    const { account, secret } = await robbed()
    const passwordHash = await hashPassword('tidak dipakai di sini')
    const rival = {
      name: 'Rini',
      email: newEmail(),
      phone: account.phone,
      passwordHash,
      locale: 'id',
    } as const
    const [undone, registered] = await Promise.allSettled([
      complete(secret, UNDO_BOTH),
      transaction((tx) => createAccount(tx, rival, newOrigin(), SEEN)),
    ])
    const isUndone = undone.status === 'fulfilled' && undone.value.ok
    expect(isUndone).toBe(registered.status === 'rejected')
    expect(
      await db().address.count({
        where: { removedAt: null, role: 'primary', blindIndex: await lookupIn(account) },
      }),
    ).toBe(1)
    expect((await userOf(account)).frozenAt === null).toBe(isUndone)
  })

  it('of an address that earned points reverses them once, and another address may earn them again', async () => {
    const [account, stolen] = [await makeAccount(), newEmail()]
    await replaceSlot(account, 'recovery_email', stolen)
    const reward = { userId: account.userId, address: stolen, now: THEFT }
    expect(await transaction((tx) => creditRecoveryReward(tx, reward))).toBe(1_000)
    await atOnce(20, () => transaction((tx) => reverseRecoveryReward(tx, reward)))
    expect(await balanceOf(account.userId)).toBe(0)
    const own = { ...reward, address: newEmail() }
    const credited = await atOnce(20, () => transaction((tx) => creditRecoveryReward(tx, own)))
    expect(credited.filter((points) => points > 0)).toEqual([1_000])
    expect(await transaction((tx) => creditRecoveryReward(tx, reward))).toBe(0)
    expect(
      await transaction((tx) => creditRecoveryReward(tx, { ...own, address: newEmail() })),
    ).toBe(0)
    expect(await balanceOf(account.userId)).toBe(1_000)
  })
})

async function lookupIn({ userId }: { userId: string }) {
  const first = {
    where: { userId, role: 'primary', kind: 'phone' },
    orderBy: { addedAt: 'asc' },
  } as const
  return (await db().address.findFirstOrThrow(first)).blindIndex
}
