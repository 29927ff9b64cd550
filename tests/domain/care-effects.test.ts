import { describe, expect, it } from 'vitest'
import { maskAddress } from '@/lib/addresses'
import { hashSecret } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { describeChange } from '@/lib/support'
import {
  DAY,
  expectDone,
  later,
  makeAccount,
  NOW,
  newEmail,
  saveRecovery,
} from '../support/accounts'
import { approveSigned } from '../support/care-acts'
import { messagesTo } from '../support/outbox'
import { addressIn, approve, asked, hashOf, makeStaff, openCase, request } from './care-actions'
import { lockedOut } from './care-setups'
import { freeze, makeGuarded, newestLink, replaceSlot, SEEN, slotsOf, stop } from './freeze-actions'
import { referenceOf } from './person-actions'
import { recycle, rowOf } from './recycled-actions'
import { passedReset } from './reset-actions'

describe('the release of an address that was never verified', () => {
  it('tells every other address and not the released one, whose links end', async () => {
    const [agent, approver, account] = [
      await makeStaff(),
      await makeStaff('approver'),
      await makeAccount(),
    ]
    const number = await openCase(agent, account)
    const link = await newestLink(account.email)
    const addressId = await addressIn(account, 'primary_email')
    const actionId = await asked(agent, number, 'release_address', { addressId })
    const shown = await expectDone(describeChange(approver, actionId, SEEN))
    expect(shown.address).toBe(maskAddress(account.email))
    const before = (await messagesTo(account.email)).length
    await expectDone(approve(approver, actionId))
    expect(await slotsOf(account)).toEqual({ primary_phone: account.phone.value })
    expect((await messagesTo(account.email)).length).toBe(before)
    const [told] = await messagesTo(account.phone)
    expect(told?.content).toMatchObject({
      event: 'address_released',
      address: maskAddress(account.email),
    })
    expect(await db().secureLink.count({ where: { tokenHash: hashSecret(link) } })).toBe(0)
    await makeAccount({ email: account.email })
  })

  it('is refused once it is verified', async () => {
    const { agent, approver, account, number } = await lockedOut()
    const address = newEmail()
    await replaceSlot(account, 'recovery_email', null, SEEN)
    await saveRecovery(account, address, SEEN)
    const addressId = await addressIn(account, 'recovery_email')
    const actionId = await asked(agent, number, 'release_address', { addressId })
    const changeHash = await hashOf(approver, actionId)
    await db().address.update({ where: { id: addressId }, data: { confirmedAt: SEEN } })
    expect(await approveSigned(approver, { actionId, changeHash }, SEEN)).toEqual(
      refuse('not_possible'),
    )
    expect((await slotsOf(account)).recovery_email).toBe(address.value)
  })
})

describe('a notice that is sent again', () => {
  it('goes to every confirmed address, with a new link that freezes in place of the old one', async () => {
    const [agent, approver, account] = [
      await makeStaff(),
      await makeStaff('approver'),
      await makeGuarded(),
    ]
    const { reference } = await db().securityEvent.findFirstOrThrow({
      where: { userId: account.userId, type: 'recovery_confirmed' },
    })
    const number = await openCase(agent, account, NOW)
    const detail = { reference: reference.toLowerCase() }
    const actionId = await asked(agent, number, 'resend_notice', detail, NOW)
    const shown = await expectDone(describeChange(approver, actionId, NOW))
    expect(shown.notice).toMatchObject({ reference, event: 'recovery_confirmed' })
    expect(shown.notice?.to).toHaveLength(3)
    const counts = await Promise.all([account.phone, account.email].map(countOf))
    await expectDone(approve(approver, actionId, NOW))
    expect(await Promise.all([account.phone, account.email].map(countOf))).toEqual([
      (counts[0] ?? 0) + 1,
      counts[1],
    ])
    const [message] = await messagesTo(account.phone)
    expect(message?.expiresAt).toEqual(later(3 * DAY))
    expect(message?.content).toMatchObject({ event: 'recovery_confirmed', reference })
    expect(await linksOf(account.userId, reference)).toBe(4)
    expect(await freeze(await newestLink(account.phone), NOW)).toEqual(done())
  })

  it('is of the last seven days', async () => {
    const [agent, account] = [await makeStaff(), await makeAccount()]
    const number = await openCase(agent, account, NOW)
    const reference = await referenceOf(account)
    const late = later(7 * DAY)
    expect(await request(agent, number, 'resend_notice', { reference }, late)).toEqual(
      refuse('not_possible'),
    )
    expect(
      await request(agent, number, 'resend_notice', { reference }, later(-1, late)),
    ).toMatchObject({ ok: true })
  })
})

const countOf = async (address: Parameters<typeof messagesTo>[0]) =>
  (await messagesTo(address)).length

const linksOf = (userId: string, reference: string) =>
  db().secureLink.count({ where: { event: { userId, reference } } })

describe('the trust in a number that the operator calls somebody else’s', () => {
  async function distrusted() {
    const [agent, account] = [await makeStaff(), await makeAccount()]
    const number = await openCase(agent, account)
    await recycle(account)
    return { agent, account, number, addressId: await addressIn(account, 'primary_phone') }
  }

  it('needs two colleagues; the number then gets codes again, and counts as verified now', async () => {
    const { agent, account, number, addressId } = await distrusted()
    const actionId = await asked(agent, number, 'trust_number', { addressId })
    const [one, other] = [await makeStaff('approver'), await makeStaff('approver')]
    const shown = await expectDone(describeChange(one, actionId, SEEN))
    expect(shown.number).toBe(maskAddress(account.phone))
    await expectDone(approve(one, actionId))
    expect(await rowOf(account, 'primary')).toMatchObject({ recycledAt: NOW })
    await expectDone(approve(other, actionId))
    expect(await rowOf(account, 'primary')).toMatchObject({
      recycledAt: null,
      lastVerifiedAt: SEEN,
    })
    const [told] = await messagesTo(account.phone)
    expect(told?.content).toMatchObject({ event: 'number_reclaimed' })
    expect(await passedReset(account)).toEqual(expect.any(String))
  })

  it('is not possible for another number, or while the account is frozen', async () => {
    const { agent, account, number, addressId } = await distrusted()
    const impossible = refuse('not_possible')
    const email = await addressIn(account, 'primary_email')
    expect(await request(agent, number, 'trust_number', { addressId: email })).toEqual(impossible)
    await stop(account)
    expect(await request(agent, number, 'trust_number', { addressId })).toEqual(impossible)
  })
})
