import { describe, expect, it } from 'vitest'
import { maskAddress } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { closeCase, declineAction, findVetoLink, vetoByLink, withdrawAction } from '@/lib/support'
import { carryOutDue } from '@/lib/support/due'
import { DAY, expectDone, HOUR, later, makeAccount, newOrigin } from '../support/accounts'
import { breakInserts } from '../support/gate'
import { kindsTo, messagesTo } from '../support/outbox'
import {
  actionOf,
  addressIn,
  approve,
  asked,
  logOfStaff,
  makeStaff,
  openCase,
  prove,
  request,
} from './care-actions'
import { announced, newestVeto } from './care-unfreeze-actions'
import { complete, eventsOf, SEEN, slotsOf, userOf, verifiedUnfreeze } from './freeze-actions'

const DUE = later(DAY, SEEN)

describe('an unfreeze without a proof', () => {
  it('is announced to every address, also to one that was removed before the freeze', async () => {
    const { account, stolen, outcome, actionId } = await announced()
    expect(outcome).toEqual(done({ outcome: 'waiting', dueAt: DUE }))
    expect(await actionOf(actionId)).toMatchObject({ dueAt: DUE, endedAt: null })
    expect(await userOf(account)).toMatchObject({ frozenAt: SEEN })
    expect(await approve(await makeStaff('approver'), actionId)).toEqual(refuse('action_ended'))
    const tokens = []
    for (const address of [account.phone, stolen, account.recoveryEmail, account.recoveryPhone]) {
      const [message] = await messagesTo(address)
      expect(message?.content).toMatchObject({
        event: 'unfreeze_announced',
        due: DUE.toISOString(),
        vetoLink: expect.any(String),
      })
      tokens.push(await newestVeto(address))
    }
    expect(new Set(tokens).size).toBe(4)
    expect(await eventsOf(account)).toContain('unfreeze_announced')
    expect(await logOfStaff(account)).not.toContain('carried_out')
    const stored = await db().vetoLink.findMany({ where: { actionId } })
    expect(JSON.stringify(stored)).not.toContain(tokens[0])
  })

  it('is carried out by a worker when its time has come, once', async () => {
    const { account, before, actionId } = await announced()
    await carryOutDue(later(DAY - 1, SEEN))
    expect(await userOf(account)).toMatchObject({ frozenAt: SEEN })
    await carryOutDue(DUE)
    await carryOutDue(later(HOUR, DUE))
    expect(await userOf(account)).toMatchObject({ frozenAt: null })
    expect(await slotsOf(account)).toEqual(before)
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'carried_out', endedAt: DUE })
    const events = await eventsOf(account)
    expect(events.filter((type) => type === 'unfrozen_by_care')).toHaveLength(1)
    const [row] = await db().staffEvent.findMany({
      where: { userId: account.userId, type: 'carried_out' },
    })
    expect(row?.staffId).toBeNull()
  })

  it('ends with the refusal when it cannot be carried out any more', async () => {
    const { account, actionId } = await announced()
    await makeAccount({ phone: account.phone })
    await carryOutDue(DUE)
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'undo_taken', endedAt: DUE })
    expect(await userOf(account)).toMatchObject({ frozenAt: SEEN })
  })

  it('of one account that fails does not stop that of another', async () => {
    const [one, other] = [await announced(), await announced()]
    const mend = await breakInserts('SecurityEvent')
    await carryOutDue(DUE)
    await mend()
    expect(await actionOf(one.actionId)).toMatchObject({ endedAt: null })
    await carryOutDue(DUE)
    for (const { account } of [one, other])
      expect(await userOf(account)).toMatchObject({ frozenAt: null })
  })

  it('ends when the owner opens the account first', async () => {
    const { account, actionId } = await announced()
    const secret = await verifiedUnfreeze(account)
    await expectDone(complete(secret, { primary_phone: 'undo' }))
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'withdrawn', endedAt: SEEN })
    const token = await newestVeto(account.recoveryPhone)
    expect(await vetoByLink(token, newOrigin(), SEEN)).toEqual(refuse('link_closed'))
    await carryOutDue(DUE)
    const events = await eventsOf(account)
    expect(events).not.toContain('unfrozen_by_care')
    expect(events).not.toContain('unfreeze_vetoed')
  })

  it.each(['declined', 'withdrawn', 'closed'])(
    'is %s by staff, and every address is told',
    async (how) => {
      const { agent, approver, account, number, actionId } = await announced()
      if (how === 'declined') await expectDone(declineAction(approver, actionId, SEEN))
      if (how === 'withdrawn') await expectDone(withdrawAction(agent, actionId, SEEN))
      if (how === 'closed') await expectDone(closeCase(agent, number, SEEN))
      expect(await actionOf(actionId)).toMatchObject({
        outcome: how === 'declined' ? 'declined' : 'withdrawn',
      })
      expect((await kindsTo(account.recoveryPhone))[0]).toBe('notice.unfreeze_vetoed')
      await carryOutDue(DUE)
      expect(await userOf(account)).toMatchObject({ frozenAt: SEEN })
    },
  )
})

describe('the link that vetoes', () => {
  it('shows what it stops, stops it once, and tells every address', async () => {
    const { account, actionId, number } = await announced()
    const token = await newestVeto(account.recoveryEmail)
    expect(await findVetoLink(token)).toEqual({
      state: 'open',
      dueAt: DUE,
      isFrozen: true,
      caseNumber: number,
    })
    expect(await vetoByLink(token, newOrigin(), SEEN)).toEqual(done())
    expect(await findVetoLink(token)).toMatchObject({ state: 'closed', isFrozen: true })
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'vetoed', endedAt: SEEN })
    for (const address of [account.phone, account.recoveryEmail, account.recoveryPhone])
      expect((await messagesTo(address))[0]?.content).toMatchObject({
        event: 'unfreeze_vetoed',
        address: maskAddress(account.recoveryEmail),
      })
    const others = await newestVeto(account.recoveryPhone)
    for (const again of [token, others])
      expect(await vetoByLink(again, newOrigin(), SEEN)).toEqual(refuse('link_closed'))
    expect((await logOfStaff(account)).at(-1)).toBe('vetoed')
    const last = await db().staffEvent.findFirst({
      where: { type: 'vetoed', userId: account.userId },
    })
    expect(last?.staffId).toBeNull()
    await carryOutDue(DUE)
    expect(await userOf(account)).toMatchObject({ frozenAt: SEEN })
  })

  it('holds while the worker is late, and no longer once the account is open', async () => {
    const [late, opened] = [await announced(), await announced()]
    const after = later(HOUR, DUE)
    const tokens = [
      await newestVeto(late.account.recoveryEmail),
      await newestVeto(opened.account.recoveryEmail),
    ] as const
    expect(await vetoByLink(tokens[0], newOrigin(), after)).toEqual(done())
    await carryOutDue(after)
    expect(await userOf(late.account)).toMatchObject({ frozenAt: SEEN })
    expect(await findVetoLink(tokens[1])).toMatchObject({ state: 'expired', isFrozen: false })
    expect(await vetoByLink(tokens[1], newOrigin(), after)).toEqual(refuse('link_expired'))
  })

  it('is unknown when nobody was sent it', async () => {
    expect(await findVetoLink('x')).toBeNull()
    expect(await vetoByLink('x', newOrigin(), SEEN)).toEqual(refuse('link_unknown'))
  })
})

describe('after a veto', () => {
  it('an unfreeze needs the word of another address and two approvals, also in a new case', async () => {
    const { agent, approver, account, number } = await announced()
    await expectDone(vetoByLink(await newestVeto(account.recoveryEmail), newOrigin(), SEEN))
    expect(await request(agent, number, 'unfreeze')).toEqual(refuse('proof_needed'))
    const vetoed = { account, slot: 'recovery_email', address: account.recoveryEmail } as const
    await prove(agent, number, vetoed)
    expect(await request(agent, number, 'unfreeze')).toEqual(refuse('proof_needed'))
    await expectDone(closeCase(agent, number, SEEN))
    const next = await openCase(agent, { ...account, phone: account.recoveryPhone })
    expect(await request(agent, next, 'unfreeze')).toEqual(refuse('proof_needed'))
    await prove(agent, next, { account, slot: 'recovery_phone', address: account.recoveryPhone })
    const actionId = await asked(agent, next, 'unfreeze')
    expect(await actionOf(actionId)).toMatchObject({
      approvals: 2,
      provenById: await addressIn(account, 'recovery_phone'),
    })
    expect(await approve(approver, actionId)).toEqual(done({ outcome: 'approved', dueAt: null }))
    expect(await userOf(account)).toMatchObject({ frozenAt: SEEN })
    expect(await approve(approver, actionId)).toEqual(refuse('already_approved'))
    expect(await approve(await makeStaff('approver'), actionId)).toEqual(
      done({ outcome: 'carried_out', dueAt: null }),
    )
    expect(await userOf(account)).toMatchObject({ frozenAt: null })
  })
})
