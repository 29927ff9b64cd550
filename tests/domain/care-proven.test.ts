import { describe, expect, it } from 'vitest'
import { logIn } from '@/lib/accounts'
import { maskAddress } from '@/lib/addresses'
import { done, refuse } from '@/lib/platform/result'
import { findRestriction } from '@/lib/recovery'
import { describeChange, withdrawAction } from '@/lib/support'
import {
  expectDone,
  later,
  MINUTE,
  makeAccount,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { kindsTo } from '../support/outbox'
import { actionOf, addressIn, approve, asked, logOfStaff, prove } from './care-actions'
import { robbedAndFrozen } from './care-setups'
import { eventsOf, SEEN, slotsOf, userOf } from './freeze-actions'

describe('an unfreeze with the word of an undisputed address', () => {
  it('opens the account at once, undoes what was approved, and shows masks before', async () => {
    const { agent, approver, account, before, stolen, number } = await robbedAndFrozen()
    const proven = { account, slot: 'recovery_phone', address: account.recoveryPhone } as const
    await prove(agent, number, proven)
    const undo = ['recovery_email', 'primary_phone'] as const
    const actionId = await asked(agent, number, 'unfreeze', { undo: [...undo] })
    const shown = await expectDone(describeChange(approver, actionId, SEEN))
    expect([shown.provenBy, shown.waitHours]).toEqual([maskAddress(account.recoveryPhone), null])
    expect(shown.slots[0]).toEqual({
      slot: 'primary_phone',
      before: maskAddress(stolen),
      after: maskAddress(account.phone),
    })
    expect(JSON.stringify(shown)).not.toContain(stolen.value)
    expect(await approve(approver, actionId)).toEqual(done({ outcome: 'carried_out', dueAt: null }))
    expect(await slotsOf(account)).toEqual(before)
    expect(await userOf(account)).toMatchObject({ frozenAt: null })
    expect(await findRestriction(account.userId, SEEN)).not.toBeNull()
    expect((await eventsOf(account)).slice(-3)).toEqual([
      'unfrozen_by_care',
      'change_undone',
      'change_undone',
    ])
    expect((await kindsTo(account.recoveryPhone))[0]).toMatch(/^notice/)
    for (const password of [PASSWORD, OTHER_PASSWORD]) {
      const login = { identifier: account.phone.value, password, origin: newOrigin(), now: SEEN }
      expect(await logIn(login)).toMatchObject({ ok: false })
    }
    expect(await approve(approver, actionId).catch(({ message }) => message)).toContain('ended')
  })

  it('is proven by no word of an address that was changed before the freeze', async () => {
    const { agent, approver, account, stolen, number } = await robbedAndFrozen()
    await prove(agent, number, { account, slot: 'primary_phone', address: stolen })
    const actionId = await asked(agent, number, 'unfreeze')
    expect(await actionOf(actionId)).toMatchObject({ provenById: null })
    expect(await approve(approver, actionId)).toMatchObject({ value: { outcome: 'waiting' } })
    expect(await userOf(account)).toMatchObject({ frozenAt: SEEN })
  })

  it('is proven for 30 minutes', async () => {
    const { agent, account, number } = await robbedAndFrozen()
    const proven = { account, slot: 'recovery_phone', address: account.recoveryPhone } as const
    await prove(agent, number, proven)
    const late = later(30 * MINUTE, SEEN)
    const actionId = await asked(agent, number, 'unfreeze', {}, late)
    expect(await actionOf(actionId)).toMatchObject({ provenById: null })
    await expectDone(withdrawAction(agent, actionId, late))
    const intime = later(30 * MINUTE - 1, SEEN)
    expect(await actionOf(await asked(agent, number, 'unfreeze', {}, intime))).toMatchObject({
      provenById: await addressIn(account, 'recovery_phone'),
    })
  })

  it('ends with the refusal when an earlier address belongs to somebody else now', async () => {
    const { agent, approver, account, number } = await robbedAndFrozen()
    const proven = { account, slot: 'recovery_phone', address: account.recoveryPhone } as const
    await prove(agent, number, proven)
    const actionId = await asked(agent, number, 'unfreeze', { undo: ['primary_phone'] })
    await makeAccount({ phone: account.phone })
    expect(await approve(approver, actionId)).toEqual(refuse('not_possible'))
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'undo_taken', endedAt: SEEN })
    expect(await userOf(account)).toMatchObject({ frozenAt: SEEN })
    expect((await eventsOf(account)).at(-1)).toBe('care_viewed')
    expect((await logOfStaff(account)).at(-1)).toBe('approved')
  })
})
