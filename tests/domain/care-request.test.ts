import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { db, pool } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import {
  closeCase,
  declineAction,
  findCaseOf,
  hashRequest,
  listOpenActions,
  withdrawAction,
} from '@/lib/support'
import { expectDone, makeAccount, signIn } from '../support/accounts'
import { requestSigned } from '../support/care-acts'
import { kindsTo } from '../support/outbox'
import {
  actionOf,
  addressIn,
  asked,
  logOfStaff,
  makeStaff,
  openCase,
  REASON,
  request,
  TICKET,
} from './care-actions'
import { lockedOut } from './care-setups'
import { eventsOf, makeGuarded, SEEN, stop, userOf } from './freeze-actions'
import { referenceOf } from './person-actions'

describe('a request', () => {
  it('freezes at once, and the owner is told', async () => {
    const [agent, account] = [await makeStaff(), await makeAccount()]
    const number = await openCase(agent, account)
    await signIn(account.userId, SEEN)
    const outcome = await expectDone(request(agent, number, 'freeze'))
    expect(outcome.outcome).toBe('carried_out')
    expect(await userOf(account)).toMatchObject({ frozenAt: SEEN })
    expect((await kindsTo(account.phone))[0]).toBe('notice.frozen')
    expect(await actionOf(outcome.actionId)).toMatchObject({
      outcome: 'carried_out',
      approvals: 0,
      ticket: TICKET,
    })
    expect(await logOfStaff(account)).toEqual(['looked_up', 'requested', 'carried_out'])
    expect(await request(agent, number, 'freeze')).toEqual(refuse('not_possible'))
  })

  it('for anything else changes nothing and waits for somebody else', async () => {
    const { agent, account, number } = await lockedOut()
    const before = await eventsOf(account)
    const outcome = await expectDone(request(agent, number, 'restore_attempts'))
    expect(outcome.outcome).toBe('asked')
    expect(await eventsOf(account)).toEqual(before)
    expect(await db().failureCount.count({ where: { account: account.userId } })).toBe(2)
    expect(await request(agent, number, 'restore_attempts')).toEqual(refuse('already_open'))
    expect(await listOpenActions(agent, SEEN)).toContainEqual(
      expect.objectContaining({ actionId: outcome.actionId, isOwn: true, approvals: 0 }),
    )
  })

  it('needs a reason, a ticket, an open case and a role that sees accounts', async () => {
    const { agent, number } = await lockedOut()
    const good = {
      caseNumber: number,
      type: 'restore_attempts',
      detail: {},
      reason: REASON,
      ticket: TICKET,
    } as const
    const ask = (given: object, staff = agent) => requestSigned(staff, { ...good, ...given }, SEEN)
    expect(await ask({ reason: 'kurang' })).toEqual(refuse('reason_malformed'))
    for (const ticket of [' ', 'x'.repeat(41)])
      expect(await ask({ ticket })).toEqual(refuse('ticket_malformed'))
    expect(await ask({ caseNumber: 'ZZZZZZ' })).toEqual(refuse('case_unknown'))
    for (const role of ['administrator', 'auditor'] as const)
      expect(await ask({}, await makeStaff(role))).toEqual(refuse('not_permitted'))
    await expectDone(closeCase(agent, number, SEEN))
    expect(await ask({})).toEqual(refuse('case_closed'))
  })

  it('of which there is nothing to do is not possible', async () => {
    const [agent, account] = [await makeStaff(), await makeGuarded()]
    const number = await openCase(agent, account)
    const other = await referenceOf(await makeAccount())
    const impossible = [
      ['unfreeze', {}],
      ['restore_attempts', {}],
      ['release_address', { addressId: await addressIn(account, 'recovery_email') }],
      ['release_address', { addressId: await addressIn(account, 'primary_phone') }],
      ['release_address', { addressId: 'x' }],
      ['release_address', {}],
      ['resend_notice', { reference: other }],
      ['resend_notice', { reference: await referenceOf(account) }],
      ['resend_notice', {}],
    ] as const
    for (const [type, detail] of impossible)
      expect([type, await request(agent, number, type, detail)]).toEqual([
        type,
        refuse('not_possible'),
      ])
    expect(await db().caseAction.count({ where: { case: { number } } })).toBe(0)
    await stop(account)
    expect(await request(agent, number, 'unfreeze', { undo: ['primary_email'] })).toEqual(
      refuse('not_possible'),
    )
  })

  it('has a hash that names all of it', () => {
    const one = {
      caseNumber: 'BCDF23',
      type: 'unfreeze',
      detail: {},
      reason: 'a',
      ticket: 'b',
    } as const
    const hashes = [
      one,
      { ...one, caseNumber: 'BCDF24' },
      { ...one, type: 'freeze' as const },
      { ...one, detail: { undo: ['primary_phone' as const] } },
      { ...one, reason: 'c' },
      { ...one, ticket: 'c' },
    ].map(hashRequest)
    expect(new Set(hashes).size).toBe(hashes.length)
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('a request ends', () => {
  it('declined by another approver, withdrawn by who asked, and by nobody else', async () => {
    const { agent, approver, other, account, number } = await lockedOut()
    const first = await asked(agent, number, 'restore_attempts')
    expect(await declineAction(agent, first, SEEN)).toEqual(refuse('not_permitted'))
    expect(await withdrawAction(approver, first, SEEN)).toEqual(refuse('not_own'))
    expect(await declineAction(approver, first, SEEN)).toEqual(done())
    expect(await declineAction(other, first, SEEN)).toEqual(refuse('action_ended'))
    expect(await withdrawAction(agent, first, SEEN)).toEqual(refuse('action_ended'))
    expect(await actionOf(first)).toMatchObject({ outcome: 'declined' })
    const second = await asked(agent, number, 'restore_attempts')
    expect(await withdrawAction(agent, second, SEEN)).toEqual(done())
    expect(await actionOf(second)).toMatchObject({ outcome: 'withdrawn' })
    const own = await asked(approver, number, 'restore_attempts')
    expect(await declineAction(approver, own, SEEN)).toEqual(refuse('own_request'))
    expect(await declineAction(other, 'x', SEEN)).toEqual(refuse('action_unknown'))
    expect(await db().failureCount.count({ where: { account: account.userId } })).toBe(2)
    expect(await findCaseOf(agent, second)).toBe(number)
    expect(await findCaseOf(await makeStaff('auditor'), second)).toBeNull()
    for (const unknown of [randomUUID(), 'x']) expect(await findCaseOf(agent, unknown)).toBeNull()
    expect((await logOfStaff(account)).filter((type) => /declined|withdrawn/.test(type))).toEqual([
      'declined',
      'withdrawn',
    ])
  })

  it('withdrawn when the case closes, or the account is frozen', async () => {
    const { agent, account, number } = await lockedOut()
    const first = await asked(agent, number, 'restore_attempts')
    await expectDone(closeCase(agent, number, SEEN))
    expect(await actionOf(first)).toMatchObject({ outcome: 'withdrawn', endedAt: SEEN })
    const next = await openCase(agent, account)
    expect(next).not.toBe(number)
    const second = await asked(agent, next, 'restore_attempts')
    await stop(account)
    expect(await actionOf(second)).toMatchObject({ outcome: 'withdrawn' })
    const { rows } = await pool().query(
      'select count(*)::int as n from "SecurityEvent" where "userId" = $1 and type = $2',
      [account.userId, 'unfreeze_vetoed'],
    )
    expect(rows).toEqual([{ n: 0 }])
  })
})
