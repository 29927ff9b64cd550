import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { readCase } from '@/lib/support'
import { expectDone, forgetLimits, later, MINUTE, makeAccount } from '../support/accounts'
import { makeStaff, openCase } from './care-actions'
import { SEEN } from './freeze-actions'

describe('the page of a case', () => {
  it('shows which attempts and codes are used up, and until when', async () => {
    const [staff, account] = [await makeStaff(), await makeAccount()]
    const number = await openCase(staff, account)
    const counted = { account: account.userId, path: 'recovery', updatedAt: SEEN }
    await db().failureCount.createMany({
      data: [
        { ...counted, scope: 'unknown', failures: 60 },
        { ...counted, scope: 'devices', failures: 3 },
        { ...counted, scope: `device:${'a'.repeat(64)}`, failures: 3 },
      ],
    })
    const before = await expectDone(readCase(staff, number, SEEN))
    expect(before.limits).toEqual({
      attempts: [
        { path: 'recovery', scope: 'devices', used: 3, of: 20, isUsedUp: false },
        { path: 'recovery', scope: 'unknown', used: 60, of: 60, isUsedUp: true },
      ],
      codes: [],
    })
    await forgetLimits()
    for (let nth = 0; nth < 10; nth++)
      await db().$executeRaw`
        insert into "RateLimit" (key, points, expire)
        select 'recipientDay:' || "blindIndex", 1, ${Date.now() + 60_000} from "Address"
        where "userId" = ${account.userId}::uuid and kind = 'phone'
        on conflict (key) do update set points = "RateLimit".points + 1`
    const after = await expectDone(readCase(staff, number, SEEN))
    expect(after.limits.codes).toEqual([{ of: 'reset', until: later(MINUTE, SEEN) }])
    expect(after.stuck.reasons.map(({ reason }) => reason)).toEqual([
      'attempts_used_up',
      'codes_limited',
      'no_second_proven_address',
    ])
    expect(after.stuck.next).toBe('ask_restore_attempts')
  })
})
