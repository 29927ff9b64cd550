import { describe, expect, it } from 'vitest'
import { verifyActivity } from '@/lib/activity'
import { done } from '@/lib/platform/result'
import { atOnce, countOutcomes } from '../support/accounts'
import { breakInserts } from '../support/gate'
import {
  complete,
  eventsOf,
  freeze,
  frozenGuarded,
  newestLink,
  userOf,
  verifiedUnfreeze,
} from './freeze-actions'
import { stateOf } from './reset-actions'

describe('the end of an unfreeze', () => {
  it('changes nothing when the database fails, and succeeds when repeated', async () => {
    const account = await frozenGuarded()
    const secret = await verifiedUnfreeze(account)
    const before = await stateOf(account)
    const mend = await breakInserts('Message')
    await expect(complete(secret)).rejects.toThrow('inserts into Message fail')
    await mend()
    expect(await stateOf(account)).toEqual(before)
    expect(await complete(secret)).toEqual(done())
  })

  it('by twenty concurrent requests unfreezes the account once', async () => {
    const account = await frozenGuarded()
    const secret = await verifiedUnfreeze(account)
    const outcomes = await atOnce(20, (index) =>
      complete(secret, {}, `kereta malam nomor ${index} ke Solo`),
    )
    expect(countOutcomes(outcomes)).toEqual({ done: 1, unfreeze_gone: 19 })
    expect((await userOf(account)).passwordVersion).toBe(2)
    expect((await eventsOf(account)).filter((type) => type === 'unfrozen')).toHaveLength(1)
  })

  it('that races a freeze by an older link leaves the account open and the link closed', async () => {
    const account = await frozenGuarded()
    const token = await newestLink(account.phone)
    const secret = await verifiedUnfreeze(account)
    const [unfrozen, frozen] = await Promise.all([complete(secret), freeze(token)])
    expect(unfrozen).toEqual(done())
    expect((await userOf(account)).frozenAt).toBeNull()
    expect(['done', 'link_closed']).toContain(frozen.ok ? 'done' : frozen.refusal)
    expect((await verifyActivity(new Date())).faults).toEqual([])
  })
})
