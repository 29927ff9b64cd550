import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { blindIndexOf, type Phone } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import {
  authoriseRecoveryAddress,
  requestConfirmation,
  requestRecoveryAddress,
} from '@/lib/contacts'
import { admitNewNumber, markEntered } from '@/lib/messaging'
import { reviewPrefixes } from '@/lib/messaging/spending/slow-prefixes'
import { db, transaction } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import type { Origin } from '@/lib/platform/origin'
import { done, refuse } from '@/lib/platform/result'
import {
  atOnce,
  callerOf,
  expectDone,
  forgetLimits,
  HOUR,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
} from '../support/accounts'
import { newestCode } from '../support/outbox'
import { numberOf } from '../support/sms-actions'
import { statementsOf } from '../support/statements'
import { finish, register } from './registration-actions'
import { start } from './reset-actions'

const PREFIX = 7
const AFTERWARDS = later(10 * MINUTE)

/** A browser in a network of its own for each `nth`. */
const from = (nth: number, device?: string): Origin => ({
  ip: `10.${nth >> 8}.${nth & 255}.9`,
  userAgent: 'Test Browser',
  ...(device && { device }),
})

const ask = (number: Phone, origin: Origin, now = NOW) =>
  admitNewNumber(number, { purpose: 'register', userId: null, origin, now })

/** Codes to different numbers of a prefix, none of which is entered. */
const pump = (times: number, originOf: (nth: number) => Origin, prefix = PREFIX) =>
  atOnce(times, (nth) => ask(numberOf(prefix, nth), originOf(nth)))

const enter = (number: Phone) =>
  transaction((tx) => markEntered(tx, blindIndexOf(number), later(MINUTE)))

const isSlow = async () => (await db().slowPrefix.count()) > 0

let warn = vi.spyOn(log, 'warn')

beforeEach(async () => {
  warn = vi.spyOn(log, 'warn').mockReturnValue()
  await db().newNumberSend.deleteMany()
  await db().slowPrefix.deleteMany()
  await forgetLimits()
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

describe('a prefix is not slowed', () => {
  it('by one network, whatever browsers it pretends to be', async () => {
    await pump(60, (nth) => ({ ...from(1, `device ${nth}`), ip: `10.0.1.${nth + 1}` }))
    await reviewPrefixes(AFTERWARDS)
    expect(await isSlow()).toBe(false)
  })

  it('by one IPv6 network', async () => {
    await pump(60, (nth) => ({ ...from(1), ip: `2001:db8:1:${nth}::1` }))
    await reviewPrefixes(AFTERWARDS)
    expect(await isSlow()).toBe(false)
  })

  it('by one browser, whatever networks it calls from', async () => {
    await pump(60, (nth) => from(nth, 'one device'))
    await reviewPrefixes(AFTERWARDS)
    expect(await isSlow()).toBe(false)
  })

  it('by fewer than fifteen codes', async () => {
    await pump(14, (nth) => from(nth))
    await reviewPrefixes(AFTERWARDS)
    expect(await isSlow()).toBe(false)
  })

  it('while a third of its codes are entered', async () => {
    await pump(30, (nth) => from(nth))
    for (let nth = 0; nth < 10; nth++) await enter(numberOf(PREFIX, nth))
    await reviewPrefixes(AFTERWARDS)
    expect(await isSlow()).toBe(false)
  })

  it('by codes that were sent a moment ago', async () => {
    await pump(20, (nth) => from(nth))
    await reviewPrefixes(later(2 * MINUTE))
    expect(await isSlow()).toBe(false)
  })
})

describe('the usual share of a prefix', () => {
  it('is that of its last week: one that is often entered is slowed at a higher share', async () => {
    const yesterday = later(-24 * HOUR)
    for (let nth = 0; nth < 20; nth++) {
      await ask(numberOf(PREFIX, nth), from(nth), yesterday)
      await db().newNumberSend.updateMany({ data: { enteredAt: yesterday } })
    }
    await pump(30, (nth) => from(nth))
    for (let nth = 0; nth < 10; nth++) await enter(numberOf(PREFIX, nth))
    await reviewPrefixes(AFTERWARDS)
    expect(await isSlow()).toBe(true)
  })
})

describe('a registered number', () => {
  it('counts as entered, with the codes that were sent again', async () => {
    const number = numberOf(PREFIX, 400)
    const { secret } = await expectDone(register({ phone: number }))
    await expectDone(resendCode({ secret }, 'register', from(1), later(MINUTE)))
    await expectDone(finish(secret, await newestCode(number), later(2 * MINUTE)))
    const sends = await db().newNumberSend.findMany({ where: { recipient: blindIndexOf(number) } })
    expect(sends.map(({ enteredAt }) => enteredAt)).toEqual(Array(2).fill(later(2 * MINUTE)))
  })

  it('is sent again with the same statements and waits as a decoy', async () => {
    const [owner, number] = [await makeAccount({ phone: numberOf(9, 401) }), numberOf(9, 402)]
    const seen: unknown[] = []
    for (const phone of [owner.phone, number]) {
      const { secret } = await expectDone(register({ phone }))
      const again = (now: Date) => resendCode({ secret }, 'register', from(1), now)
      seen.push([
        await statementsOf(() => expectDone(again(later(MINUTE)))),
        await again(later(MINUTE + 1)),
      ])
    }
    expect(seen[1]).toEqual(seen[0])
  })
})

it('R26 one attacker cannot stop the reset codes of a prefix', async () => {
  const account = await makeRecoverable(newEmail())
  const prefixOf = (nth: number) => numberOf(Number(account.phone.value.slice(6, 10)) - 1_000, nth)
  await atOnce(50, (nth) => ask(prefixOf(5_000 + nth), { ...from(3), ip: `10.3.3.${nth}` }))
  await reviewPrefixes(AFTERWARDS)
  expect(await isSlow()).toBe(false)
  await expectDone(start(account.email, 'primary_phone', AFTERWARDS))
  expect(await newestCode(account.phone)).toMatch(/^\d{6}$/)
})
