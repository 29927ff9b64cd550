import parsePhoneNumber, {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max'
import { env } from '@/lib/platform/env'
import { TYPED_MAX_CHARACTERS } from '@/lib/platform/input-limits'
import { done, type Result, refuse } from '@/lib/platform/result'
import { brandPhone, type Phone } from './address'
import { toAsciiDigits, trimTyped } from './typed'

/** The country whose numbers are written without a country code. */
const HOME = { country: 'ID', callingCode: '+62', mobileDigits: { least: 9, most: 12 } } as const
const E164_MAX_DIGITS = 15
const SHORTEST_NUMBER_DIGITS = 7

const INVISIBLE = /\p{Cf}/gu
const SEPARATORS = /[\s\p{Pd}\u2212()[\]./]/gu
/** Neither a plus nor a zero in front: perhaps the code of a country. */
const COUNTRY_CODE_FIRST = /^[1-9]/

const DIALLED = /^(?:\+[1-9]\d*|\d+)$/

export type PhoneRefusal =
  | 'phone_missing'
  | 'phone_malformed'
  | 'phone_too_short'
  | 'phone_too_long'
  | 'phone_landline'
  | 'phone_foreign'

/**
 * Parses a typed mobile number in any notation: 0812…, 812…, 62812…, +62 (0)812…, 0062 812…, tel:,
 * with spaces, dashes, dots, slashes and brackets, in ASCII, full-width or Arabic digits. Operator
 * prefixes are not checked: lists of them go out of date.
 *
 * Refused: `phone_missing` for nothing; `phone_foreign` outside env().SMS_COUNTRIES, because an SMS
 * to anywhere invites toll fraud; `phone_landline`; `phone_too_short`, `phone_too_long`;
 * `phone_malformed` for the rest: letters, extensions, numbers that nobody is given, toll-free and
 * premium ones.
 */
export function parsePhone(text: string): Result<Phone, PhoneRefusal> {
  if (text.length > TYPED_MAX_CHARACTERS) return refuse('phone_too_long')
  const typed = trimTyped(text)
  if (typed === '') return refuse('phone_missing')
  const dialled = toAsciiDigits(typed.replace(INVISIBLE, ''))
    .replace(/^tel:/i, '')
    .replace(SEPARATORS, '')
  if (!DIALLED.test(dialled)) return refuse('phone_malformed')
  const home = judge(toInternational(dialled))
  if (home.ok || !COUNTRY_CODE_FIRST.test(dialled)) return home
  // Without a plus, "6591234568" is no Indonesian number but may be one of another allowed country.
  const abroad = judge(`+${dialled}`)
  return abroad.ok ? abroad : home
}

/** The metadata of libphonenumber about an E.164 number; undefined for an unknown one. */
export function describePhone(value: string): PhoneNumber | undefined {
  return parsePhoneNumber(value)
}

const SUBSCRIBER_DIGITS = 4

/**
 * What SMS are counted by: the country of a number (ISO 3166-1 alpha-2, or its calling code when the
 * country is unknown), and its prefix, the number without its last four digits.
 */
export function phoneRangeOf({ value }: Phone): { country: string; prefix: string } {
  const known = describePhone(value)
  return {
    country: known?.country ?? known?.countryCallingCode ?? 'none',
    prefix: value.slice(0, -SUBSCRIBER_DIGITS),
  }
}

/** The national form of an Indonesian number, 081234567890; undefined for a foreign number. */
export function homeDigits(value: string): string | undefined {
  return value.startsWith(HOME.callingCode) ? `0${value.slice(HOME.callingCode.length)}` : undefined
}

function toInternational(dialled: string): string {
  const number = dialled.replace(/^00(?=[1-9])/, '+').replace(/^62/, HOME.callingCode)
  return number.startsWith('+') ? number : `${HOME.callingCode}${number.replace(/^0/, '')}`
}

function judge(number: string): Result<Phone, PhoneRefusal> {
  if (number.length > E164_MAX_DIGITS + 1) return refuse('phone_too_long')
  const known = parsePhoneNumber(number)
  if (!known)
    return refuse(number.length <= SHORTEST_NUMBER_DIGITS ? 'phone_too_short' : 'phone_foreign')
  if (!isAllowed(known)) return refuse('phone_foreign')
  if (!known.isValid()) return refuse(findFault(known))
  const type = known.getType()
  // Some countries, such as those of +1, do not distinguish mobile numbers from landlines.
  if (type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE') return done(brandPhone(known.number))
  return refuse(type === 'FIXED_LINE' ? 'phone_landline' : 'phone_malformed')
}

/** A number without a known country is checked by its calling code. */
function isAllowed({ country, countryCallingCode }: PhoneNumber): boolean {
  const allowed = env().SMS_COUNTRIES.filter((code): code is CountryCode =>
    isSupportedCountry(code),
  )
  return allowed.some((code) =>
    country ? code === country : getCountryCallingCode(code) === countryCallingCode,
  )
}

function findFault({ country, number, nationalNumber }: PhoneNumber): PhoneRefusal {
  if (country === HOME.country) return findHomeFault(nationalNumber.length)
  const fault = validatePhoneNumberLength(number)
  if (fault === 'TOO_SHORT') return 'phone_too_short'
  return fault === 'TOO_LONG' ? 'phone_too_long' : 'phone_malformed'
}

function findHomeFault(digits: number): PhoneRefusal {
  if (digits < HOME.mobileDigits.least) return 'phone_too_short'
  return digits > HOME.mobileDigits.most ? 'phone_too_long' : 'phone_malformed'
}
