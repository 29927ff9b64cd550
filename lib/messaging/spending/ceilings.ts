import { type AnyAddress, blindIndexOf, type Phone, phoneRangeOf } from '@/lib/addresses'
import { keyedHash } from '@/lib/platform/crypto'
import { env } from '@/lib/platform/env'
import { type NewNumberGroup, type SmsClass, traitsOf } from './classes'

const PREFIX = 'sms.prefix'

/**
 * SMS to one unconfirmed number in a day, for each group, whatever path they took. Beside the ten
 * that a request lets pass, the first code of each customer goes to a new address.
 */
const NEW_NUMBER_PER_DAY = { register: 10, new_address: 20 } as const

/** Of what is not kept for codes of resets. */
const OPEN_PERCENT = 75

type Most = { perHour: number; perDay: number }

/** The most SMS in a clock hour and in a day. `resetPercent` is the part of codes of resets. */
export type Ceilings = { all: Most; country: Most; prefix: Most; resetPercent: number }

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
    resetPercent: set.SMS_RESET_PERCENT,
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

/**
 * The ceilings that all numbers of a prefix share, for one class of SMS. Every SMS counts at the
 * ceiling of its scope. Codes of resets have a part of it to themselves, which nothing else uses up:
 * neither registrations nor what the holders of accounts cause. A prefix withholds none of them: ten
 * resets of each of four customers would use up its part, and stop those of all others.
 */
export function sharedCeilings(
  smsClass: SmsClass,
  { country, prefix }: Range,
  { all, country: ofCountry, prefix: ofPrefix, resetPercent }: Ceilings,
): Ceiling[] {
  const large = [
    ['all', all],
    [`country:${country}`, ofCountry],
  ] as const
  const scopes = [...large, [`prefix:${prefix}`, ofPrefix] as const]
  const percent = percentOf(smsClass, resetPercent)
  const whole = scopes.map(([key, most]) => partial(key, most, percent))
  if (smsClass !== 'reset') return whole
  return [...whole, ...large.map(([key, most]) => partial(`${key}:reset`, most, resetPercent))]
}

/**
 * Requests count at the number too, and tell the customer (`platform/rate-limits`). This also holds
 * for a path that forgets to.
 */
function ceilingOfNumber(group: NewNumberGroup, phone: AnyAddress): Ceiling {
  const key = `number:${group}:${blindIndexOf(phone)}`
  return { key, perHour: NEW_NUMBER_PER_DAY[group], perDay: NEW_NUMBER_PER_DAY[group] }
}

/**
 * The percentage of a ceiling at which a class is withheld; null for never. What is open stops first, so
 * that a pumping attacker leaves notices. Both leave the part of the resets.
 */
function percentOf(smsClass: SmsClass, resetPercent: number): number | null {
  switch (smsClass) {
    case 'open':
      return (OPEN_PERCENT * (100 - resetPercent)) / 100
    case 'courtesy':
      return 100 - resetPercent
    case 'reset':
    case 'reserved':
      return null
    default:
      return smsClass satisfies never
  }
}

function partial(key: string, { perHour, perDay }: Most, percent: number | null): Ceiling {
  if (percent === null) return { key, perHour: null, perDay: null }
  const part = (most: number) => Math.floor((most * percent) / 100)
  return { key, perHour: part(perHour), perDay: part(perDay) }
}
