import { describe, expect, it } from 'vitest'
import { formatAddress, maskAddress } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { closeCase, readCase, sendWord, vetoByLink } from '@/lib/support'
import { DAY, expectDone, later, MINUTE, makeAccount, NOW, newOrigin } from '../support/accounts'
import { requestSigned } from '../support/care-acts'
import {
  addressIn,
  approve,
  asked,
  logOfStaff,
  makeStaff,
  newestWord,
  openCase,
  prove,
  REASON,
  TICKET,
} from './care-actions'
import { announced, newestVeto, robbed } from './care-unfreeze-actions'
import { eventsOf, freeze, makeGuarded, newestLink, SEEN } from './freeze-actions'
import { makeCode } from './saved-code-actions'

const viewsOf = async (account: Parameters<typeof eventsOf>[0]) =>
  (await eventsOf(account)).filter((type) => type === 'care_viewed').length

describe('the page of a case', () => {
  it('records who opens it, once in 15 minutes', async () => {
    const [staff, other, account] = [await makeStaff(), await makeStaff(), await makeAccount()]
    const number = await openCase(staff, account)
    const open = (by: typeof staff, minutes: number) =>
      expectDone(readCase(by, number, later(minutes * MINUTE, SEEN)))
    await open(staff, 1)
    await open(staff, 14)
    expect(await viewsOf(account)).toBe(1)
    await open(other, 14)
    expect(await viewsOf(account)).toBe(2)
    await open(staff, 15)
    await open(staff, 20)
    expect(await viewsOf(account)).toBe(3)
    expect(await logOfStaff(account)).toEqual(['looked_up', 'case_viewed', 'case_viewed'])
  })

  it('says whether there is a saved code, and never the code', async () => {
    const [staff, account] = [await makeStaff(), await makeAccount()]
    const number = await openCase(staff, account)
    const none = await expectDone(readCase(staff, number, SEEN))
    expect(none.savedCode).toEqual({ state: 'none' })
    const code = await makeCode(account)
    const view = await expectDone(readCase(staff, number, SEEN))
    expect(view.savedCode).toEqual({ state: 'made', at: NOW })
    expect(JSON.stringify(view).replaceAll('-', '')).not.toContain(code.replaceAll('-', ''))
  })

  it('is for staff who see accounts, while the case is open', async () => {
    const [staff, account] = [await makeStaff(), await makeAccount()]
    const number = await openCase(staff, account)
    for (const role of ['administrator', 'auditor'] as const)
      expect(await readCase(await makeStaff(role), number, SEEN)).toEqual(refuse('not_permitted'))
    expect(await readCase(staff, 'ZZZZZZ', SEEN)).toEqual(refuse('case_unknown'))
    await expectDone(closeCase(staff, number, SEEN))
    expect(await readCase(staff, number, SEEN)).toEqual(refuse('case_closed'))
    expect(await viewsOf(account)).toBe(1)
    expect(await closeCase(staff, number, SEEN)).toEqual(refuse('case_closed'))
  })

  it('shows masks, states and references, and no address, IP address or name', async () => {
    const { agent, account, stolen, number } = await robbed()
    const view = await expectDone(readCase(agent, number, SEEN))
    expect(view).toMatchObject({ number, reason: REASON, openedBy: agent.name, language: 'id' })
    expect(view.frozen).toMatchObject({ at: SEEN, by: 'profile' })
    expect(view.ways[0]).toMatchObject({
      slot: 'primary_phone',
      present: maskAddress(stolen),
      earlier: maskAddress(account.phone),
      isDisputed: true,
    })
    expect(view.ways[3]).toMatchObject({
      slot: 'recovery_email',
      state: 'ready',
      isConfirmed: true,
      addressId: await addressIn(account, 'recovery_email'),
    })
    expect(view.events[0]).toMatchObject({ type: 'care_viewed', isResendable: false })
    const frozen = view.events.find(({ type }) => type === 'frozen')
    expect(frozen).toMatchObject({
      reference: view.frozen?.reference,
      isResendable: true,
      notices: { sending: 5 },
    })
    const shown = JSON.stringify(view)
    const { recoveryEmail, recoveryPhone, email, phone } = account
    for (const held of [stolen, recoveryEmail, recoveryPhone, email, phone])
      for (const text of [held.value, formatAddress(held)]) expect(shown).not.toContain(text)
    expect(shown).not.toMatch(/198\.18\.|Test Browser/)
    expect(shown).not.toContain(account.name)
  })

  it('says by what the account was frozen', async () => {
    const staff = await makeStaff()
    const [byLink, byCare] = [await makeAccount(), await makeAccount()]
    await expectDone(freeze(await newestLink(byLink.phone), NOW))
    const ask = { type: 'freeze', detail: {}, reason: REASON, ticket: TICKET } as const
    const numbers = [await openCase(staff, byLink), await openCase(staff, byCare)]
    await expectDone(requestSigned(staff, { ...ask, caseNumber: numbers[1] ?? '' }, SEEN))
    const by = []
    for (const number of numbers)
      by.push((await expectDone(readCase(staff, number, SEEN))).frozen?.by)
    expect(by).toEqual(['own_link', 'care'])
  })

  it('shows the words of the case, its actions with who approved them, and vetoes', async () => {
    const { agent, approver, account, number } = await announced()
    await expectDone(vetoByLink(await newestVeto(account.recoveryEmail), newOrigin(), SEEN))
    await prove(agent, number, {
      account,
      slot: 'recovery_phone',
      address: account.recoveryPhone,
    })
    const second = await asked(agent, number, 'unfreeze')
    await expectDone(approve(approver, second))
    const view = await expectDone(readCase(agent, number, SEEN))
    const mask = maskAddress(account.recoveryPhone)
    expect(view.vetoes).toEqual([maskAddress(account.recoveryEmail)])
    expect(view.words).toMatchObject([
      { kind: 'sent', mask, by: agent.name, attemptsLeft: 2, passedAt: SEEN },
    ])
    expect(view.words[0]?.countsUntil).toEqual(later(30 * MINUTE, SEEN))
    const open = view.actions.find(({ actionId }) => actionId === second)
    expect(open).toMatchObject({
      state: 'asked',
      provenBy: mask,
      approvalsNeeded: 2,
      approvals: [{ name: approver.name, at: SEEN }],
      requestedBy: { name: agent.name },
      outcome: null,
    })
    expect(view.actions.map(({ outcome }) => outcome).toSorted()).toEqual(
      [null, 'vetoed'].toSorted(),
    )
    const word = await newestWord(account.recoveryPhone)
    expect(JSON.stringify(view)).not.toContain(word)
    expect(view.stuck.reasons.map(({ reason }) => reason)).toContain('frozen_can_open_alone')
  })

  it('shows the messages of a week with their state, words included', async () => {
    const [staff, account] = [await makeStaff(), await makeGuarded()]
    const number = await openCase(staff, account)
    const addressId = await addressIn(account, 'primary_phone')
    await expectDone(sendWord(staff, { caseNumber: number, addressId }, SEEN))
    const sent = { kind: 'caller_word', createdAt: SEEN }
    await db().message.updateMany({
      where: sent,
      data: { failedAt: SEEN, lastError: 'expired', sealedBody: null, runAt: null },
    })
    const { messages } = await expectDone(readCase(staff, number, SEEN))
    expect(messages).toEqual([
      {
        at: SEEN,
        channel: 'sms',
        kind: 'caller_word',
        mask: maskAddress(account.phone),
        state: 'failed',
        failure: 'expired',
      },
    ])
    await db().message.deleteMany({ where: { kind: 'caller_word' } })
    const late = await expectDone(readCase(staff, number, later(8 * DAY, SEEN)))
    expect(late.messages).toEqual([])
  })
})
