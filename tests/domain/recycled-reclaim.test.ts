import { describe, expect, it } from 'vitest'
import { maskAddress } from '@/lib/addresses'
import { findReverification, requestReverification, reverifyAddress } from '@/lib/contacts'
import { recordRecycled } from '@/lib/contacts/check-number'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import {
  atOnce,
  callerOf,
  expectDone,
  later,
  makeRecoverable,
  NOW,
  newPhone,
} from '../support/accounts'
import { kindsTo, newestCode } from '../support/outbox'
import { eventsOf } from './freeze-actions'
import { statesOf, YEAR } from './health-actions'
import { recycle, rowOf } from './recycled-actions'
import { passedReset } from './reset-actions'

const PHONE = { role: 'primary', kind: 'phone' } as const

describe('the record of a recycled number', () => {
  it('is made once by twenty workers', async () => {
    const account = await makeRecoverable()
    const outcomes = await atOnce(20, () => recycle(account))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect((await eventsOf(account)).filter((type) => type === 'number_recycled')).toHaveLength(1)
  })

  it('is not made when the number was verified again meanwhile, or removed', async () => {
    const account = await makeRecoverable()
    const { id, userId } = await rowOf(account, 'primary')
    expect(await recordRecycled({ id, userId, verifiedAt: later(-1) }, NOW)).toBe(false)
    await db().address.update({ where: { id }, data: { removedAt: NOW } })
    expect(await recordRecycled({ id, userId, verifiedAt: NOW }, NOW)).toBe(false)
  })
})

describe('a signed-in customer who still has the number', () => {
  it('verifies it again with a code to it, and it works as before', async () => {
    const account = await makeRecoverable()
    await recycle(account)
    const caller = callerOf(account)
    expect(await findReverification(account.userId, PHONE, NOW)).toMatchObject({
      mask: maskAddress(account.phone),
      isRecycled: true,
    })
    await expectDone(requestReverification(caller, PHONE))
    expect(await reverifyAddress(caller, await newestCode(account.phone))).toEqual(done(0))
    expect((await eventsOf(account)).at(-1)).toBe('number_reclaimed')
    expect((await kindsTo(account.phone))[0]).toBe('notice.number_reclaimed')
    expect((await statesOf(account))[0]).toBe('ready')
    expect(await passedReset(account)).toEqual(expect.any(String))
    expect(await findReverification(account.userId, PHONE, NOW)).toBeNull()
  })

  it('needs no code for a primary number that is not recycled, also after a year', async () => {
    const account = await makeRecoverable()
    const caller = callerOf(account, later(2 * YEAR))
    expect(await requestReverification(caller, PHONE)).toEqual(refuse('nothing_to_reverify'))
  })

  it('gets no second reward for a recovery number', async () => {
    const account = await makeRecoverable(newPhone())
    await recycle(account, 'recovery')
    const slot = { role: 'recovery', kind: 'phone' } as const
    await expectDone(requestReverification(callerOf(account), slot))
    const code = await newestCode(account.recovery)
    expect(await reverifyAddress(callerOf(account), code)).toEqual(done(0))
  })
})
