import { domainToUnicode } from 'node:url'
import type { AnyAddress } from './address'
import { splitEmail } from './email'
import { describePhone, homeDigits } from './phone'

const EMAIL_BULLETS = '•••'
/** From this length on, a local part shows three of its characters: at most half. */
const LONG_LOCAL_CHARACTERS = 6
const SHOWN_LOCAL_CHARACTERS = 3
const PHONE_BULLETS = '••••'
/**
 * A mask stays on one line. A line may break after a common hyphen, so a word joiner follows it: fonts
 * without the hyphen U+2011 show nothing in its place.
 */
const HYPHEN = '-\u2060'
const SPACE = '\u00a0'
const SHOWN_PREFIX_DIGITS = 4
const SHOWN_LAST_DIGITS = 4
const HIDDEN_LEAST_DIGITS = 4
const LOOK_ALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u

/**
 * Masks an address: its owner recognises it, and nobody else can use it.
 *
 * A number is shown as 0812-••••-7890, foreign ones as +65 •••• 4567; at least four digits are
 * hidden, so a short number shows fewer at its end. An e-mail address shows its domain and, of its
 * local part, two characters at the start and the last one, so that two addresses of a customer stay
 * distinct: bu•••o@example.com. A local part below six characters shows the first, and one of one
 * character nothing. The bullets are of one length, whatever they hide.
 */
export function maskAddress(address: AnyAddress): string {
  return address.kind === 'email' ? maskEmail(address.value) : maskPhone(address.value)
}

/**
 * The addresses of one customer, each with its mask. E-mails whose masks are the same show half of
 * their local part, so that most differ.
 */
export function withMasks<Held extends { address: AnyAddress }>(
  held: readonly Held[],
): (Held & { mask: string })[] {
  const masks = held.map(({ address }) => maskAddress(address))
  return held.map((one, nth) => {
    const { kind, value } = one.address
    const others = masks.filter((_, other) => other !== nth)
    const mask = kind === 'email' ? distinctMask(value, others) : maskPhone(value)
    return { ...one, mask }
  })
}

function distinctMask(value: string, others: readonly string[]): string {
  const mask = maskEmail(value)
  if (!others.includes(mask)) return mask
  const half = Math.floor([...splitEmail(value).local].length / 2)
  return maskEmail(value, half)
}

/**
 * The whole address in common notation: 0812-3456-7890, or an e-mail with a Unicode domain, or with
 * punycode when the domain could be taken for another one. Shown to its owner only.
 */
export function formatAddress(address: AnyAddress): string {
  return address.kind === 'email' ? formatEmail(address.value) : formatPhone(address.value)
}

function maskEmail(value: string, shown = SHOWN_LOCAL_CHARACTERS): string {
  const { local, domain } = splitEmail(value)
  return `${maskLocal([...local], shown)}@${formatDomain(domain)}`
}

function maskLocal(characters: readonly string[], shown: number): string {
  if (characters.length >= LONG_LOCAL_CHARACTERS)
    return `${characters.slice(0, shown - 1).join('')}${EMAIL_BULLETS}${characters.at(-1)}`
  return `${characters.length > 1 ? characters[0] : ''}${EMAIL_BULLETS}`
}

function formatEmail(value: string): string {
  const { local, domain } = splitEmail(value)
  return `${local}@${formatDomain(domain)}`
}

/**
 * A domain in Unicode. One whose label is written in a script that looks like Latin, under a Latin
 * top-level domain, stays in punycode: "аррӏе.com" in Cyrillic letters reads like another domain.
 */
function formatDomain(domain: string): string {
  const readable = domainToUnicode(domain)
  const isUnderLatin = /\.[a-z]+$/.test(readable)
  return isUnderLatin && LOOK_ALIKE.test(readable) ? domain : readable
}

/**
 * The domain of an address that `formatAddress` or `maskAddress` made, when it could be taken for
 * another one: they leave only such a domain in punycode. Undefined for any other.
 */
export function lookAlikeDomain(shown: string): string | undefined {
  const { domain } = splitEmail(shown)
  return domain.split('.').some((label) => label.startsWith('xn--')) ? domain : undefined
}

function maskPhone(value: string): string {
  const digits = homeDigits(value)
  if (digits)
    return [
      digits.slice(0, SHOWN_PREFIX_DIGITS),
      PHONE_BULLETS,
      lastDigits(digits.slice(SHOWN_PREFIX_DIGITS)),
    ].join(HYPHEN)
  const { countryCallingCode, nationalNumber } = describePhone(value) ?? {
    countryCallingCode: '',
    nationalNumber: value.slice(1),
  }
  return [`+${countryCallingCode}`, PHONE_BULLETS, lastDigits(nationalNumber)].join(SPACE)
}

function lastDigits(digits: string): string {
  return digits.slice(Math.max(HIDDEN_LEAST_DIGITS, digits.length - SHOWN_LAST_DIGITS))
}

function formatPhone(value: string): string {
  const known = describePhone(value)
  if (!known) return value
  return homeDigits(value) ? known.formatNational() : known.formatInternational()
}
