import { describe, expect, it } from 'vitest'
import { remindOwners } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { startUnfreezeByLink } from '@/lib/recovery'
import { freezeByCare, unfreezeByCare } from '@/lib/support'
import { makeAccount, makeRecoverable, NOW } from '../support/accounts'
import { codesTo } from '../support/outbox'
import {
  begin,
  choose,
  complete,
  freeze,
  frozenGuarded,
  newestLink,
  SEEN,
  stop,
  verifiedUnfreeze,
  verifyAddress,
} from './freeze-actions'
import { DUE } from './health-actions'
import {
  type Change,
  expectUnchanged,
  freezeOnly,
  overtake,
  removeFrom,
  setAddresses,
} from './overtake-actions'
import { start } from './reset-actions'

const openOnly: Change = (tx, { userId }) =>
  tx.user.update({ where: { id: userId }, data: { frozenAt: null } })

describe('an unfreeze that another one overtakes', () => {
  it('does not begin, by password or by link', async () => {
    const account = await makeAccount()
    const token = await newestLink(account.email)
    await stop(account, NOW)
    const byLink = () => startUnfreezeByLink(token, NOW)
    await expectUnchanged(account, openOnly, byLink, refuse('not_frozen'))
    expect(await db().unfreezeFlow.count({ where: { userId: account.userId } })).toBe(0)
  })

  it('sends no code', async () => {
    const account = await frozenGuarded()
    const secret = await begin(account)
    const chosen = () => choose(secret, 'recovery_email')
    await expectUnchanged(account, openOnly, chosen, refuse('unfreeze_gone'))
  })

  it('sends no code to an address that is verified meanwhile', async () => {
    const account = await frozenGuarded()
    const secret = await begin(account)
    await verifyAddress(secret, 'unfreeze_first', 'recovery_email', account.recoveryEmail)
    const passSecond: Change = async (tx) => {
      const row = await tx.challenge.findFirstOrThrow({
        where: { purpose: 'unfreeze_first', userId: account.userId },
      })
      const { id: _id, ...rest } = row
      const phone = await tx.address.findFirstOrThrow({
        where: { userId: account.userId, role: 'recovery', kind: 'phone' },
      })
      const second = { ...rest, purpose: 'unfreeze_second' as const, addressId: phone.id }
      await tx.challenge.create({ data: { ...second, id: crypto.randomUUID() } })
    }
    const chosen = () => choose(secret, 'recovery_phone')
    await expectUnchanged(account, passSecond, chosen, refuse('unfreeze_address_gone'))
  })

  it('sets no password', async () => {
    const account = await frozenGuarded()
    const secret = await verifiedUnfreeze(account)
    await expectUnchanged(account, openOnly, () => complete(secret), refuse('unfreeze_gone'))
  })

  it('sets no password when an address that verified it is removed', async () => {
    const account = await frozenGuarded()
    const secret = await verifiedUnfreeze(account)
    const change = removeFrom('recovery_phone')
    await expectUnchanged(account, change, () => complete(secret), refuse('unfreeze_gone'))
  })

  it('by customer care is refused', async () => {
    const account = await frozenGuarded()
    const act = { userId: account.userId, reason: 'tiket 4711', now: SEEN }
    await expectUnchanged(account, openOnly, () => unfreezeByCare(act, []), refuse('not_frozen'))
  })
})

describe('a freeze that another one overtakes writes nothing:', () => {
  it('by link', async () => {
    const account = await makeAccount()
    const token = await newestLink(account.email)
    await expectUnchanged(account, freezeOnly, () => freeze(token, NOW), done())
  })

  it('by its owner, and by customer care', async () => {
    const [own, cared] = [await makeAccount(), await makeAccount()]
    await expectUnchanged(own, freezeOnly, () => stop(own, NOW), undefined)
    const act = { userId: cared.userId, reason: 'tiket 4711', now: NOW }
    await expectUnchanged(cared, freezeOnly, () => freezeByCare(act), refuse('already_frozen'))
  })

  it('by a link that is closed meanwhile', async () => {
    const account = await makeAccount()
    const token = await newestLink(account.email)
    const close: Change = (tx) =>
      tx.secureLink.updateMany({
        where: { event: { userId: account.userId } },
        data: { usedAt: NOW },
      })
    await expectUnchanged(account, close, () => freeze(token, NOW), refuse('link_closed'))
  })
})

describe('a frozen account', () => {
  it('receives no code of a reset that began before', async () => {
    const account = await makeRecoverable()
    const before = [await codesTo(account.phone), await codesTo(account.recovery)]
    for (const choice of ['primary_phone', 'recovery'] as const)
      await overtake(account, freezeOnly, () => start(account.email, choice))
    expect([await codesTo(account.phone), await codesTo(account.recovery)]).toEqual(before)
    expect(
      await db().challenge.count({ where: { userId: account.userId, purpose: 'reset_password' } }),
    ).toBe(0)
  })

  it.each([
    ['frozen', freezeOnly],
    ['verified', setAddresses('recovery', { lastVerifiedAt: DUE })],
    ['removed', removeFrom('recovery_email')],
  ] as const)('receives no yearly reminder that began before it was %s', async (_what, change) => {
    await remindOwners(DUE)
    const account = await makeRecoverable()
    await expectUnchanged(account, change, () => remindOwners(DUE), undefined)
  })
})
