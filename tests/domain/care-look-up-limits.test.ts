import { describe, expect, it } from 'vitest'
import { maskAddress } from '@/lib/addresses'
import { db, transaction } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { readCase, readLookUpsLeft } from '@/lib/support'
import {
  atOnce,
  countOutcomes,
  HOUR,
  later,
  MINUTE,
  makeAccount,
  NOW,
  newEmail,
} from '../support/accounts'
import { breakInserts, closeGate } from '../support/gate'
import { statementsOf } from '../support/statements'
import { failedLookUps, find, logOfStaff, makeStaff, openCase, REASON } from './care-actions'
import { eventsOf } from './freeze-actions'

describe('a look-up', () => {
  it('of nothing counts, needs the same, and writes a row without the address', async () => {
    const [staff, other] = [await makeStaff(), await makeStaff()]
    const [account, unknown] = [await makeAccount(), newEmail()]
    const found = await statementsOf(() => find(staff, account.email.value))
    const nothing = await statementsOf(() => find(other, unknown.value))
    const search = nothing.findIndex((text) => text.includes("role = 'primary'"))
    expect(search).toBeGreaterThan(1)
    expect(nothing.slice(0, search + 1)).toEqual(found.slice(0, search + 1))
    const [row] = await failedLookUps(other.staffId)
    expect(JSON.stringify(row)).not.toContain(unknown.value)
    expect(row?.detail).toMatchObject({ found: 'not_found', mask: maskAddress(unknown) })
  })

  it('is refused after twenty in an hour, whatever they found', async () => {
    const [staff, account] = [await makeStaff(), await makeAccount()]
    for (let nth = 0; nth < 10; nth++) {
      await find(staff, account.phone.value, later(nth * MINUTE))
      await find(staff, newEmail().value, later(nth * MINUTE))
    }
    const query = account.phone.value
    const refused = refuse('look_ups_used_up', 50 * MINUTE)
    expect(await find(staff, query, later(10 * MINUTE))).toEqual(refused)
    expect(await find(staff, newEmail().value, later(10 * MINUTE))).toEqual(refused)
    expect(await find(await makeStaff(), query, later(10 * MINUTE))).toMatchObject({ ok: true })
    expect(await find(staff, query, later(HOUR))).toMatchObject({ ok: true })
    const word = await find(staff, query, later(HOUR))
    expect(word).toMatchObject({ ok: true })
    expect(await find(staff, query, later(HOUR))).toMatchObject({ refusal: 'look_ups_used_up' })
  })

  it('is one less for an hour, which the one who searches can read', async () => {
    const [staff, account] = [await makeStaff(), await makeAccount()]
    expect(await readLookUpsLeft(staff, NOW)).toEqual({ left: 20, of: 20, moreAt: null })
    await find(staff, account.phone.value)
    await find(staff, newEmail().value, later(MINUTE))
    const moreAt = later(HOUR)
    const now = later(2 * MINUTE)
    expect(await readLookUpsLeft(staff, now)).toEqual({ left: 18, of: 20, moreAt })
    expect(await readLookUpsLeft(await makeStaff(), now)).toMatchObject({ left: 20 })
    expect(await readLookUpsLeft(staff, moreAt)).toMatchObject({ left: 19 })
    for (let nth = 0; nth < 18; nth++) await find(staff, newEmail().value, now)
    expect(await readLookUpsLeft(staff, now)).toEqual({ left: 0, of: 20, moreAt })
  })

  it('is refused above the limit also when many come at once', async () => {
    const [staff, account] = [await makeStaff(), await makeAccount()]
    for (let nth = 0; nth < 17; nth++) await find(staff, account.phone.value)
    const gate = await closeGate('StaffEvent')
    const looking = atOnce(6, (nth) =>
      find(staff, nth % 2 ? account.phone.value : newEmail().value),
    )
    await gate.crowd(6)
    await gate.open()
    expect(countOutcomes(await looking)).toMatchObject({ look_ups_used_up: 3 })
    expect(await db().staffEvent.count({ where: { staffId: staff.staffId } })).toBe(20)
  })

  it('by two at once opens one case', async () => {
    const [one, two, account] = [await makeStaff(), await makeStaff(), await makeAccount()]
    const gate = await closeGate('Case')
    const looking = [one, two].map((staff) => find(staff, account.phone.value))
    await gate.crowd(2)
    await gate.open()
    const outcomes = await Promise.all(looking)
    const numbers = outcomes.map((outcome) => outcome.ok && outcome.value.number)
    expect(new Set(numbers).size).toBe(1)
    expect(await db().case.count({ where: { userId: account.userId } })).toBe(1)
    expect(await logOfStaff(account)).toEqual(['looked_up', 'looked_up'])
  })

  it('leaves nothing behind when its row cannot be written', async () => {
    const [staff, account] = [await makeStaff(), await makeAccount()]
    const mend = await breakInserts('StaffEvent')
    await expect(find(staff, account.phone.value)).rejects.toThrow('inserts into StaffEvent fail')
    await mend()
    expect(await db().case.count({ where: { userId: account.userId } })).toBe(0)
    expect(await eventsOf(account)).toEqual(['registered'])
  })

  it('opens another case when the number of one is taken', async () => {
    const [staff, account] = [await makeStaff(), await makeAccount()]
    await transaction(async (tx) => {
      const open = { userId: account.userId, openedById: staff.staffId, reason: REASON }
      await tx.case.create({
        data: { ...open, id: crypto.randomUUID(), number: 'BCDF23', openedAt: NOW, closedAt: NOW },
      })
    })
    const number = await openCase(staff, account, NOW)
    expect(number).not.toBe('BCDF23')
    expect(await readCase(staff, 'bcdf23', NOW)).toEqual(refuse('case_closed'))
  })
})
