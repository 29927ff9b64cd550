import { expect, it, vi } from 'vitest'
import { blindIndexOf } from '@/lib/addresses'
import { requestRecoveryAddress } from '@/lib/contacts'
import { admitNewNumber, sendMessages } from '@/lib/messaging'
import type { Ceilings } from '@/lib/messaging/spending/ceilings'
import { db, transaction } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { admitStranger } from '@/lib/platform/strangers'
import {
  type Account,
  atOnce,
  callerOf,
  expectDone,
  HOUR,
  later,
  makeAccount,
  NOW,
  newEmail,
} from '../support/accounts'
import { codeFor, deliverWaiting, forgetWaiting, numberOf, smsTo } from '../support/sms-actions'
import { start } from './reset-actions'

const HOURS = 24
const ADDRESSES = 1_000
const PREFIXES = 100
const [RESETS, SIGNED_IN] = [350, 150]

const CEILINGS: Ceilings = {
  all: { perHour: 125, perDay: 1_000 },
  country: { perHour: 125, perDay: 1_000 },
  prefix: { perHour: 30, perDay: 60 },
  resetPercent: 40,
}

const ipOf = (nth: number) => `10.${nth >> 8}.${nth & 255}.7`

/** Each address asks for the code of a registration during the day. */
async function pump(hour: number, now: Date) {
  const perHour = Math.ceil(ADDRESSES / HOURS)
  const numbers = Array.from({ length: perHour }, (_, nth) => {
    const number = hour * perHour + nth
    return { number: numberOf(number % PREFIXES, 1_000 + number), ip: ipOf(number % ADDRESSES) }
  })
  const asked = await Promise.all(numbers.map(({ number, ip }) => askForCode(number, ip, now)))
  const codes = asked
    .flatMap((number) => number ?? [])
    .map((number) => smsTo(number, codeFor('register'), now))
  await transaction((tx) => sendMessages(tx, codes, now))
}

async function askForCode(number: ReturnType<typeof numberOf>, ip: string, now: Date) {
  const key = blindIndexOf(number)
  await expectDone(admitStranger({ wish: 'register', key, ip, proof: undefined, now }))
  const origin = { ip, userAgent: '' }
  const asking = { purpose: 'register', userId: null, origin, now } as const
  return (await admitNewNumber(number, asking)) ? undefined : number
}

async function makeCustomers() {
  const customers: Account[] = []
  for (let nth = 0; nth < RESETS + SIGNED_IN; nth += 20)
    customers.push(
      ...(await atOnce(20, (index) =>
        makeAccount({ phone: numberOf((nth + index) % PREFIXES, nth + index) }),
      )),
    )
  await forgetWaiting(NOW)
  return customers
}

const ask = (customer: Account, nth: number, now: Date) =>
  nth < RESETS
    ? expectDone(start(customer.email, 'primary_phone', now))
    : expectDone(requestRecoveryAddress(callerOf(customer, now), newEmail()))

const countSent = (kind: string) =>
  db().message.count({
    where: { channel: 'sms', kind: { startsWith: kind }, sentAt: { not: null } },
  })

it('R25 a thousand addresses pump for a day: no more SMS than the ceiling, and 500 customers get theirs', async () => {
  vi.spyOn(log, 'warn').mockReturnValue()
  const customers = await makeCustomers()
  for (let hour = 0; hour < HOURS; hour++) {
    const now = later(hour * HOUR)
    await pump(hour, now)
    await Promise.all(
      customers.map((customer, nth) => nth % HOURS === hour && ask(customer, nth, now)),
    )
    await deliverWaiting(now, CEILINGS)
  }
  expect(await countSent('code.reset_password')).toBe(RESETS)
  expect(await countSent('code.authorise_recovery')).toBe(SIGNED_IN)
  const pumped = await countSent('code.register')
  expect(pumped).toBeGreaterThan(250)
  expect(pumped).toBeLessThanOrEqual(0.45 * CEILINGS.all.perDay)
  expect(await countSent('')).toBeLessThanOrEqual(CEILINGS.all.perDay)
  vi.restoreAllMocks()
}, 120_000)
