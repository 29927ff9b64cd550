import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { blindIndexOf } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import { reviewPrefixes } from '@/lib/messaging/spending/slow-prefixes'
import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { refuse } from '@/lib/platform/result'
import {
  atOnce,
  expectDone,
  HOUR,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  newEmail,
} from '../support/accounts'
import { codesTo, newestCode } from '../support/outbox'
import { numberOf } from '../support/sms-actions'
import { statementsOf } from '../support/statements'
import {
  AFTERWARDS,
  ask,
  enter,
  forgetPrefixes,
  from,
  isSlow,
  PREFIX,
  pump,
} from './prefix-actions'
import { finish, register } from './registration-actions'
import { start } from './reset-actions'

forgetPrefixes()
beforeEach(() => void vi.spyOn(log, 'warn').mockReturnValue())
afterEach(() => void vi.restoreAllMocks())

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

it('a registration with a number of a slowed prefix sends a code when it is its turn', async () => {
  await pump(60, (nth) => from(nth))
  await reviewPrefixes(AFTERWARDS)
  const [first, second] = [numberOf(PREFIX, 500), numberOf(PREFIX, 501)]
  await expectDone(register({ phone: first, now: AFTERWARDS }))
  const refused = await register({ phone: second, now: AFTERWARDS })
  expect(refused).toEqual(refuse('send_throttled', 5 * MINUTE))
  expect(await codesTo(second)).toEqual([])
  await expectDone(register({ phone: second, now: later(5 * MINUTE, AFTERWARDS) }))
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
