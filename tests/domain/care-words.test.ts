import { describe, expect, it } from 'vitest'
import { maskAddress } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { closeCase, lookUp, sendWord, showWord } from '@/lib/support'
import {
  atOnce,
  countOutcomes,
  DAY,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  NOW,
  newEmail,
  saveRecovery,
} from '../support/accounts'
import { closeGate } from '../support/gate'
import { messagesTo } from '../support/outbox'
import { addressIn, logOfStaff, makeStaff, newestWord, openCase, REASON } from './care-actions'
import { begin, check, send, wordRows } from './care-word-actions'
import { replaceSlot, stop } from './freeze-actions'

describe('a word that is sent', () => {
  it('has eight letters, goes to one confirmed address, and its text is stored nowhere else', async () => {
    const begun = await begin()
    const { account, caseNumber } = begun
    const outcome = await send(begun, 'primary_phone')
    const expiresAt = later(5 * MINUTE)
    expect(outcome).toEqual(done({ mask: maskAddress(account.phone), expiresAt }))
    const [message] = await messagesTo(account.phone)
    const word = await newestWord(account.phone)
    expect(word).toMatch(/^[B-DF-HJ-NP-TV-XZ]{8}$/)
    expect(word).not.toMatch(/[AEIOUL]/)
    expect(message).toMatchObject({
      kind: 'caller_word',
      channel: 'sms',
      expiresAt,
      content: { kind: 'caller_word', word, caseNumber, lifetimeSeconds: 300 },
    })
    const [row] = await wordRows(account)
    expect(row).toMatchObject({ kind: 'sent', attempts: 0, passedAt: null, expiresAt })
    const log = await db().staffEvent.findMany({ where: { userId: account.userId } })
    expect(JSON.stringify([row, log])).not.toContain(word)
    expect(await logOfStaff(account)).toEqual(['looked_up', 'word_sent'])
  })

  it('is not sent to an unconfirmed, a removed or somebody else’s address', async () => {
    const begun = await begin()
    const { staff, account, caseNumber } = begun
    const addressIds = [
      await addressIn(account, 'primary_email'),
      await addressIn(account, 'recovery_email'),
      await addressIn(await makeAccount(), 'primary_phone'),
      'x',
    ]
    await replaceSlot(account, 'recovery_email', null, NOW)
    for (const addressId of addressIds)
      expect(await sendWord(staff, { caseNumber, addressId }, NOW)).toEqual(
        refuse('address_unknown'),
      )
    expect(await wordRows(account)).toEqual([])
  })

  it('is sent five times a day, in however many cases', async () => {
    const begun = await begin()
    for (let nth = 0; nth < 5; nth++) await expectDone(send(begun, 'primary_phone', later(nth)))
    const again = later(DAY - 1)
    expect(await send(begun, 'recovery_phone', again)).toEqual(refuse('words_used_up'))
    await expectDone(closeCase(begun.staff, begun.caseNumber, again))
    const next = { ...begun, caseNumber: await openCase(begun.staff, begun.account, again) }
    expect(await send(next, 'recovery_phone', again)).toEqual(refuse('words_used_up'))
    expect(await send(next, 'recovery_phone', later(DAY))).toMatchObject({ ok: true })
  })

  it('five times also when many are asked for at once', async () => {
    const begun = await begin()
    const gate = await closeGate('CallerWord')
    const sending = atOnce(8, () => send(begun, 'primary_phone'))
    await gate.crowd(8)
    await gate.open()
    expect(countOutcomes(await sending)).toEqual({ done: 5, words_used_up: 3 })
  })
})

describe('the word of a signed-in customer', () => {
  it('has six letters, is shown once, and passes in the case', async () => {
    const begun = await begin()
    const { account } = begun
    const { word, expiresAt } = await expectDone(showWord(account.userId, NOW))
    expect(word).toMatch(/^[B-DF-HJ-NP-TV-XZ]{6}$/)
    expect(expiresAt).toEqual(later(5 * MINUTE))
    expect(JSON.stringify(await wordRows(account))).not.toContain(word)
    expect(await check(begun, word)).toEqual(done({ mask: null, countsUntil: later(30 * MINUTE) }))
    const [row] = await wordRows(account)
    expect([row?.kind, row?.addressId]).toEqual(['shown', null])
    expect(row?.caseId).not.toBeNull()
    expect(await check(begun, word)).toEqual(refuse('word_missing'))
  })

  it('replaces the one before, and stands beside one that was sent', async () => {
    const begun = await begin()
    const { account } = begun
    await expectDone(send(begun, 'primary_phone'))
    const former = await expectDone(showWord(account.userId, NOW))
    const { word } = await expectDone(showWord(account.userId, NOW))
    expect(await check(begun, former.word)).toEqual({ ...refuse('word_wrong'), attemptsLeft: 2 })
    expect(await check(begun, word)).toMatchObject({ ok: true, value: { mask: null } })
    expect(await check(begun, await newestWord(account.phone))).toMatchObject({ ok: true })
    expect(await wordRows(account)).toHaveLength(2)
  })

  it('does not exist in a frozen account', async () => {
    const { account } = await begin()
    await stop(account, NOW)
    expect(await showWord(account.userId, NOW)).toEqual(refuse('account_frozen'))
  })
})

it('words are for staff who handle cases, and for open cases', async () => {
  const begun = await begin()
  const { account, caseNumber } = begun
  for (const role of ['administrator', 'auditor'] as const) {
    const other = { ...begun, staff: await makeStaff(role) }
    expect(await send(other, 'primary_phone')).toEqual(refuse('not_permitted'))
    expect(await check(other, 'BBBBBBBB')).toEqual(refuse('not_permitted'))
  }
  await expectDone(closeCase(begun.staff, caseNumber, NOW))
  expect(await send(begun, 'primary_phone')).toEqual(refuse('case_closed'))
  expect(await check(begun, 'BBBBBBBB')).toEqual(refuse('case_closed'))
  const unknown = { ...begun, caseNumber: 'ZZZZZZ' }
  expect(await send(unknown, 'primary_phone')).toEqual(refuse('case_unknown'))
  expect(await wordRows(account)).toEqual([])
})

it('an address that nobody confirmed yet gets no word even when it finds the account', async () => {
  const [staff, account, address] = [await makeStaff(), await makeAccount(), newEmail()]
  await saveRecovery(account, address)
  const look = { query: address.value, reason: REASON }
  const { number: caseNumber } = await expectDone(lookUp(staff, look, NOW))
  expect(await send({ staff, account, caseNumber }, 'recovery_email')).toEqual(
    refuse('address_unknown'),
  )
})
