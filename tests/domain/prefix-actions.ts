import { beforeEach } from 'vitest'
import { blindIndexOf, type Phone } from '@/lib/addresses'
import { admitNewNumber, markEntered } from '@/lib/messaging'
import { db, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { atOnce, forgetLimits, later, MINUTE, NOW } from '../support/accounts'
import { numberOf } from '../support/sms-actions'

export const PREFIX = 7
export const AFTERWARDS = later(10 * MINUTE)

/** A browser in a network of its own for each `nth`. */
export const from = (nth: number, device?: string): Origin => ({
  ip: `10.${nth >> 8}.${nth & 255}.9`,
  userAgent: 'Test Browser',
  ...(device && { deviceSecrets: [device] }),
})

/** Asks for a code of a registration. */
export const ask = (number: Phone, origin: Origin, now = NOW) =>
  admitNewNumber(number, { purpose: 'register', userId: null, origin, now })

/** Codes to different numbers of a prefix, none of which is entered. */
export const pump = (times: number, originOf: (nth: number) => Origin) =>
  atOnce(times, (nth) => ask(numberOf(PREFIX, nth), originOf(nth)))

export const enter = (number: Phone) =>
  transaction((tx) => markEntered(tx, blindIndexOf(number), later(MINUTE)))

export const isSlow = async () => (await db().slowPrefix.count()) > 0

/** Each test begins without codes and without slowed prefixes. */
export function forgetPrefixes() {
  beforeEach(async () => {
    await db().newNumberSend.deleteMany()
    await db().slowPrefix.deleteMany()
    await forgetLimits()
  })
}
