import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  authoriseRecoveryAddress,
  requestConfirmation,
  requestRecoveryAddress,
} from '@/lib/contacts'
import { reviewPrefixes } from '@/lib/messaging/spending/slow-prefixes'
import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { done, refuse } from '@/lib/platform/result'
import { atOnce, callerOf, expectDone, HOUR, later, MINUTE, makeAccount } from '../support/accounts'
import { newestCode } from '../support/outbox'
import { numberOf } from '../support/sms-actions'
import { statementsOf } from '../support/statements'
import { AFTERWARDS, ask, forgetPrefixes, from, isSlow, PREFIX, pump } from './prefix-actions'
import { register } from './registration-actions'
import { start } from './reset-actions'

let warn = vi.spyOn(log, 'warn')

forgetPrefixes()
beforeEach(() => {
  warn = vi.spyOn(log, 'warn').mockReturnValue()
})
afterEach(() => void vi.restoreAllMocks())

describe('R25 a prefix whose codes are not entered', () => {
  beforeEach(async () => {
    await pump(15, (nth) => from(nth))
    await reviewPrefixes(AFTERWARDS)
  })

  it('is slowed to one code in five minutes, with the same wait for every number', async () => {
    expect(await ask(numberOf(PREFIX, 100), from(100), AFTERWARDS)).toBeUndefined()
    for (const nth of [101, 102])
      expect(await ask(numberOf(PREFIX, nth), from(nth), AFTERWARDS)).toEqual(
        refuse('send_throttled', 300),
      )
    const next = later(5 * MINUTE, AFTERWARDS)
    expect(await ask(numberOf(PREFIX, 103), from(103), next)).toBeUndefined()
  })

  it('lets one of many at once take its turn', async () => {
    const answers = await atOnce(20, (nth) =>
      ask(numberOf(PREFIX, 200 + nth), from(200 + nth), AFTERWARDS),
    )
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1)
  })

  it('leaves other prefixes as they are', async () => {
    for (const nth of [1, 2, 3])
      expect(await ask(numberOf(8, nth), from(nth), AFTERWARDS)).toBeUndefined()
  })

  it('makes a registration wait, whether the number is taken or not', async () => {
    const owner = await makeAccount({ phone: numberOf(PREFIX, 300) })
    await db().slowPrefix.updateMany({ data: { nextSendAt: later(300) } })
    const answers: unknown[] = []
    const statements: unknown[] = []
    for (const number of [owner.phone, numberOf(PREFIX, 301)])
      statements.push(
        await statementsOf(async () => answers.push(await register({ phone: number }))),
      )
    expect(answers).toEqual([refuse('send_throttled', 300), refuse('send_throttled', 300)])
    expect(statements[1]).toEqual(statements[0])
  })

  it('makes a new address wait, and still sends codes to the confirmed number', async () => {
    const account = await makeAccount({ phone: numberOf(PREFIX, 302) })
    const added = numberOf(PREFIX, 303)
    await ask(numberOf(PREFIX, 100), from(100), AFTERWARDS)
    await expectDone(requestRecoveryAddress(callerOf(account, AFTERWARDS), added))
    const code = await newestCode(account.phone)
    await expectDone(authoriseRecoveryAddress(callerOf(account, AFTERWARDS), code))
    await expect(newestCode(added)).rejects.toThrow('no code')
    expect(await requestConfirmation(callerOf(account, AFTERWARDS), 'phone')).toEqual(
      refuse('send_throttled', 300),
    )
    const next = later(5 * MINUTE, AFTERWARDS)
    expect(await requestConfirmation(callerOf(account, next), 'phone')).toEqual(done())
  })

  it('sends every code of a reset', async () => {
    const account = await makeAccount({ phone: numberOf(PREFIX, 304) })
    for (let time = 0; time < 3; time++)
      await expectDone(start(account.email, 'primary_phone', AFTERWARDS))
    expect(await newestCode(account.phone)).toMatch(/^\d{6}$/)
  })

  it('is let go an hour later, when it is quiet', async () => {
    await reviewPrefixes(later(HOUR - 1, AFTERWARDS))
    expect(await isSlow()).toBe(true)
    await reviewPrefixes(later(HOUR, AFTERWARDS))
    expect(await isSlow()).toBe(false)
  })

  it('is reported when it is slowed and when it is let go, once each, without a number', async () => {
    await reviewPrefixes(later(MINUTE, AFTERWARDS))
    await atOnce(3, () => reviewPrefixes(later(2 * HOUR, AFTERWARDS)))
    const line = { country: 'ID', prefix: expect.stringMatching(/^[0-9a-f]{8}$/) }
    expect(warn.mock.calls).toEqual([
      [{ event: 'sms_prefix_slowed', ...line }],
      [{ event: 'sms_prefix_recovered', ...line }],
    ])
  })
})
