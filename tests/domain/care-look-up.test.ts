import { describe, expect, it } from 'vitest'
import { maskAddress } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { lookUp } from '@/lib/support'
import {
  addRecovery,
  expectDone,
  makeAccount,
  NOW,
  newEmail,
  newPhone,
  saveRecovery,
} from '../support/accounts'
import { kindsTo } from '../support/outbox'
import {
  caseOf,
  failedLookUps,
  find,
  logOfStaff,
  makeStaff,
  openCase,
  REASON,
} from './care-actions'
import { eventsOf } from './freeze-actions'
import { erase, referenceOf } from './person-actions'

describe('a look-up', () => {
  it('finds an account by a whole address, a reference or a case number, and opens one case', async () => {
    const [staff, account] = [await makeStaff(), await makeAccount()]
    const recovery = newEmail()
    await addRecovery(account, recovery)
    const { number } = await expectDone(find(staff, account.email.value.toUpperCase()))
    expect(number).toMatch(/^[B-DF-HJ-NP-TV-XZ][2-9B-DF-HJ-NP-TV-XZ]{5}$/)
    const reference = await referenceOf(account)
    const spoken = `${reference.slice(0, 4)}-${reference.slice(4)}`.toLowerCase()
    for (const query of [account.phone.value, recovery.value, spoken, ` ${number.toLowerCase()} `])
      expect(await expectDone(find(staff, query))).toEqual({ number })
    const found = await caseOf(number)
    expect(found).toMatchObject({ userId: account.userId, openedById: staff.staffId })
    expect([found.reason, found.closedAt]).toEqual([REASON, null])
  })

  it('is an event of the account that its owner sees and is not notified of', async () => {
    const [staff, account] = [await makeStaff(), await makeAccount()]
    const notices = (await kindsTo(account.phone)).length
    await openCase(staff, account, NOW)
    const event = await db().securityEvent.findFirstOrThrow({
      where: { userId: account.userId, type: 'care_viewed' },
      include: { messages: true, secureLinks: true },
    })
    expect([event.ip, event.userAgent, event.detail]).toEqual([
      'customer-care',
      '',
      { reason: REASON },
    ])
    expect([event.messages, event.secureLinks]).toEqual([[], []])
    expect((await kindsTo(account.phone)).length).toBe(notices)
    expect(await logOfStaff(account)).toEqual(['looked_up'])
  })

  it.each(['pelanggan', '@example.com', '0812', 'Sari Dewi', '', 'BCDF234', 'BCDF23456'])(
    'refuses what names no account as a whole: "%s"',
    async (query) => {
      const staff = await makeStaff()
      expect(await find(staff, query)).toEqual(refuse('query_partial'))
      expect(await failedLookUps(staff.staffId)).toEqual([])
    },
  )

  it('needs a reason of 10 to 500 characters', async () => {
    const [staff, account] = [await makeStaff(), await makeAccount()]
    const query = account.phone.value
    for (const reason of ['', 'singkat   ', 'x'.repeat(501)])
      expect(await lookUp(staff, { query, reason }, NOW)).toEqual(refuse('reason_malformed'))
    for (const reason of ['x'.repeat(10), 'x'.repeat(500)])
      expect(await lookUp(staff, { query, reason }, NOW)).toMatchObject({ ok: true })
  })

  it('is not for administrators and auditors', async () => {
    const account = await makeAccount()
    for (const role of ['administrator', 'auditor'] as const)
      expect(await find(await makeStaff(role), account.phone.value)).toEqual(
        refuse('not_permitted'),
      )
    expect(await find(await makeStaff('approver'), account.phone.value)).toMatchObject({ ok: true })
  })

  it('finds by an address that is nobody’s primary the one account that confirmed it', async () => {
    const staff = await makeStaff()
    const [owner, other] = [await makeAccount(), await makeAccount()]
    const address = newEmail()
    await saveRecovery(other, address)
    expect(await caseOf((await expectDone(find(staff, address.value))).number)).toMatchObject({
      userId: other.userId,
    })
    await addRecovery(owner, address)
    expect(await caseOf((await expectDone(find(staff, address.value))).number)).toMatchObject({
      userId: owner.userId,
    })
  })

  it('advises a reference when several accounts hold an address, and tells neither', async () => {
    const [staff, address] = [await makeStaff(), newPhone()]
    const [one, other] = [await makeAccount(), await makeAccount()]
    for (const account of [one, other]) await addRecovery(account, address)
    expect(await find(staff, address.value)).toEqual(refuse('several'))
    for (const account of [one, other])
      expect([
        await db().case.count({ where: { userId: account.userId } }),
        await logOfStaff(account),
      ]).toEqual([0, []])
    expect(await eventsOf(one)).not.toContain('care_viewed')
    const [row] = await failedLookUps(staff.staffId)
    expect(row).toMatchObject({ userId: null, caseId: null })
    expect(row?.detail).toEqual({
      by: 'phone',
      found: 'several',
      mask: maskAddress(address),
      reason: REASON,
    })
  })

  it('finds no erased account', async () => {
    const [staff, account] = [await makeStaff(), await makeAccount()]
    const number = await openCase(staff, account, NOW)
    const reference = await referenceOf(account)
    await erase(account)
    for (const query of [account.phone.value, reference, number])
      expect(await find(staff, query)).toEqual(refuse('not_found'))
  })
})
