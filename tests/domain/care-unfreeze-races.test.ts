import { describe, expect, it } from 'vitest'
import { refuse } from '@/lib/platform/result'
import { vetoByLink } from '@/lib/support'
import { carryOutDue } from '@/lib/support/due'
import { DAY, later, newOrigin } from '../support/accounts'
import { holdUser } from '../support/gate'
import { actionOf, logOfStaff } from './care-actions'
import { inOrder, timesIn } from './care-race-actions'
import { announced, newestVeto } from './care-unfreeze-actions'
import { complete, eventsOf, SEEN, userOf, verifiedUnfreeze } from './freeze-actions'

const DUE = later(DAY, SEEN)

describe('of two at the same moment', () => {
  it('two workers: one carries out', async () => {
    const { account, actionId } = await announced()
    const gate = await holdUser(account.userId)
    const working = [carryOutDue(DUE), carryOutDue(DUE)]
    await gate.crowd(2)
    await gate.open()
    await Promise.all(working)
    expect(await timesIn(account, 'unfrozen_by_care')).toBe(1)
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'carried_out' })
    const log = await logOfStaff(account)
    expect(log.filter((type) => type === 'carried_out')).toHaveLength(1)
  })

  it('a veto before the worker: the account stays frozen', async () => {
    const { account, actionId } = await announced()
    const token = await newestVeto(account.recoveryPhone)
    const [vetoed] = await inOrder(account, [
      () => vetoByLink(token, newOrigin(), DUE),
      () => carryOutDue(DUE),
    ])
    expect(vetoed).toMatchObject({ ok: true })
    expect(await userOf(account)).toMatchObject({ frozenAt: SEEN })
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'vetoed' })
    expect(await timesIn(account, 'unfrozen_by_care')).toBe(0)
  })

  it('the worker before a veto: the account is open, and the veto says so', async () => {
    const { account, actionId } = await announced()
    const token = await newestVeto(account.recoveryPhone)
    const [, vetoed] = await inOrder(account, [
      () => carryOutDue(DUE),
      () => vetoByLink(token, newOrigin(), DUE),
    ])
    expect(vetoed).toEqual(refuse('link_expired'))
    expect(await userOf(account)).toMatchObject({ frozenAt: null })
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'carried_out' })
    expect(await timesIn(account, 'unfreeze_vetoed')).toBe(0)
  })

  it('two vetoes: one stops it, and every address is told once', async () => {
    const { account } = await announced()
    const tokens = [
      await newestVeto(account.recoveryPhone),
      await newestVeto(account.recoveryEmail),
    ]
    const outcomes = await inOrder(
      account,
      tokens.map((token) => () => vetoByLink(token, newOrigin(), SEEN)),
    )
    expect(outcomes).toMatchObject([{ ok: true }, refuse('link_closed')])
    expect(await timesIn(account, 'unfreeze_vetoed')).toBe(1)
  })

  it('the owner before the worker: nobody of the staff opens the account', async () => {
    const { account } = await announced()
    const secret = await verifiedUnfreeze(account)
    await inOrder(account, [
      () => complete(secret, { primary_phone: 'undo' }),
      () => carryOutDue(DUE),
    ])
    const opened = await eventsOf(account)
    expect(opened.filter((type) => type.startsWith('unfrozen'))).toEqual(['unfrozen'])
  })
})
