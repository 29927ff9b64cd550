import { beforeEach, describe, expect, it } from 'vitest'
import { checkNumbers } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { eventsOf } from '../domain/freeze-actions'
import { DUE, YEAR } from '../domain/health-actions'
import { atOnce, later, makeAccount, makeRecoverable, newPhone } from '../support/accounts'
import { kindsTo } from '../support/outbox'
import { askOneOperator, operator } from './number-actions'

askOneOperator()

/** No earlier number is due. */
beforeEach(async () => {
  await db().address.updateMany({ data: { recycleAskedAt: later(50 * YEAR) } })
})

const asked = () =>
  operator()
    .askedOf('recycling')
    .map(({ fields }) => fields.phoneNumber)
const askedAt = async ({ userId }: { userId: string }) =>
  (await db().address.findFirstOrThrow({ where: { userId, kind: 'phone' } })).recycleAskedAt

describe('the yearly question about a number', () => {
  it('is put after a year without a verification, once a year', async () => {
    const account = await makeAccount()
    await checkNumbers(later(YEAR - 1))
    expect(asked()).toEqual([])
    for (const seconds of [0, 3_600, YEAR - 1]) await checkNumbers(later(seconds, DUE))
    expect(asked()).toEqual([account.phone.value])
    await checkNumbers(later(YEAR, DUE))
    expect(asked()).toHaveLength(2)
  })

  it('marks a number that somebody else has, primary or for recovery, before it is needed', async () => {
    const account = await makeRecoverable(newPhone())
    for (const { value } of [account.phone, account.recovery])
      operator().answer(value, { recycled: true })
    await checkNumbers(DUE)
    const marked = await db().address.count({ where: { userId: account.userId, recycledAt: DUE } })
    expect(marked).toBe(2)
    expect((await eventsOf(account)).filter((type) => type === 'number_recycled')).toHaveLength(2)
    expect((await kindsTo(account.email))[0]).toBe('notice.number_recycled')
  })

  it('is put to the operator once by three workers', async () => {
    const accounts = await Promise.all(Array.from({ length: 60 }, () => makeAccount()))
    await atOnce(3, () => checkNumbers(DUE))
    expect(asked().toSorted()).toEqual(accounts.map(({ phone }) => phone.value).toSorted())
  })

  it('is put again when the operator was out of order', async () => {
    const account = await makeAccount()
    operator().modes = { recycling: { status: 503 } }
    await checkNumbers(DUE)
    expect(await askedAt(account)).toBeNull()
    operator().modes = {}
    await checkNumbers(later(3_600, DUE))
    expect(await askedAt(account)).toEqual(later(3_600, DUE))
  })
})
