import { type AnyAddress, blindIndexOf, type Phone, phoneRangeOf } from '@/lib/addresses'
import { keyedHash } from '@/lib/platform/crypto'
import { env } from '@/lib/platform/env'
import { type SmsClass, traitsOf } from './classes'

const PREFIX = 'sms.prefix'

/** SMS to one unconfirmed number in a day, for each group, whatever path they took. */
const NEW_NUMBER_PER_DAY = 10

type Most = { perHour: number; perDay: number }

/**
 * The most SMS in a clock hour and in a day. `confirmedPercent` is the part that only confirmed
 * numbers use.
 */
export type Ceilings = { all: Most; country: Most; prefix: Most; confirmedPercent: number }

/** One ceiling that a message must be below; null in place of a number: it is only counted. */
export type Ceiling = { key: string; perHour: number | null; perDay: number | null }

/** The country and the prefix of a number. The prefix is a keyed hash. */
export type Range = { country: string; prefix: string }

export function readCeilings(): Ceilings {
  const set = env()
  return {
    all: { perHour: set.SMS_PER_HOUR, perDay: set.SMS_PER_DAY },
    country: { perHour: set.SMS_PER_COUNTRY_HOUR, perDay: set.SMS_PER_COUNTRY_DAY },
    prefix: { perHour: set.SMS_PER_PREFIX_HOUR, perDay: set.SMS_PER_PREFIX_DAY },
    confirmedPercent: set.SMS_CONFIRMED_PERCENT,
  }
}

export function rangeOf(phone: Phone): Range {
  const { country, prefix } = phoneRangeOf(phone)
  return { country, prefix: keyedHash(prefix, PREFIX) }
}

/** The ceilings of an SMS of this kind to this number. */
export function ceilingsOf(kind: string, phone: Phone, ceilings: Ceilings): Ceiling[] {
  const traits = traitsOf(kind)
  const shared = sharedCeilings(traits.class, rangeOf(phone), ceilings)
  return traits.group ? [...shared, ceilingOfNumber(traits.group, phone)] : shared
}

/** The ceilings that all numbers of a prefix share, for one class of SMS. */
export function sharedCeilings(
  smsClass: SmsClass,
  { country, prefix }: Range,
  { all, country: ofCountry, prefix: ofPrefix, confirmedPercent }: Ceilings,
): Ceiling[] {
  const part = partOf(smsClass, confirmedPercent)
  return [
    { key: 'all', ...partial(all, part) },
    { key: `country:${country}`, ...partial(ofCountry, part) },
    { key: `prefix:${prefix}`, ...partial(ofPrefix, part) },
  ]
}

/**
 * Requests count at the number too, and tell the customer (`platform/rate-limits`). This also holds
 * for a path that forgets to.
 */
function ceilingOfNumber(group: string, phone: AnyAddress): Ceiling {
  const key = `number:${group}:${blindIndexOf(phone)}`
  return { key, perHour: NEW_NUMBER_PER_DAY, perDay: NEW_NUMBER_PER_DAY }
}

/** The part of a ceiling at which a class is withheld; null for never. */
function partOf(smsClass: SmsClass, confirmedPercent: number): number | null {
  switch (smsClass) {
    case 'open':
      return 1 - confirmedPercent / 100
    case 'courtesy':
      return 1 - confirmedPercent / 200
    case 'confirmed':
      return 1
    case 'reserved':
      return null
    default:
      return smsClass satisfies never
  }
}

const partial = ({ perHour, perDay }: Most, part: number | null) =>
  part === null
    ? { perHour: null, perDay: null }
    : { perHour: Math.floor(perHour * part), perDay: Math.floor(perDay * part) }
