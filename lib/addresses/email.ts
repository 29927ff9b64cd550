import { domainToASCII, domainToUnicode } from 'node:url'
import { EMAIL_MAX_CHARACTERS, TYPED_MAX_CHARACTERS } from '@/lib/platform/input-limits'
import { done, type Result, refuse } from '@/lib/platform/result'
import { brandEmail, type Email } from './address'
import { trimTyped } from './typed'

const LOCAL_MAX_CHARACTERS = 64

// RFC 5321 dot-atom without "%", which percent-encoded line breaks and source routes need and
// mailboxes of customers do not.
const LOCAL_PART = /^[\w!#$&'*+/=?^`{|}~-]+(?:\.[\w!#$&'*+/=?^`{|}~-]+)*$/
// domainToASCII decodes "%67" and reads "127.1" as an IP address, so it only gets letters, digits,
// hyphens and dots.
const DOMAIN_CHARACTERS = /^[\p{L}\p{M}\p{N}.-]+$/u
const HOST_NAME =
  /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?:[a-z]{2,63}|xn--[a-z\d-]{0,58}[a-z\d])$/
const LOOK_ALIKE_SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
]

export type EmailRefusal = 'email_missing' | 'email_malformed' | 'email_too_long'

/**
 * Parses a typed e-mail address. The local part stays as typed, because only its server knows
 * whether two spellings are one mailbox; the domain is folded (NFKC, lower case) and becomes
 * punycode.
 *
 * Refused: `email_missing` for nothing; `email_too_long` above 254 characters, or 64 before the
 * "@"; `email_malformed` for the rest, which includes anything that could break out of a mail
 * header, quoted and non-ASCII local parts, IP addresses, and domains that mix look-alike scripts
 * within a label, such as a Cyrillic letter in a Latin name.
 */
export function parseEmail(text: string): Result<Email, EmailRefusal> {
  if (text.length > TYPED_MAX_CHARACTERS) return refuse('email_too_long')
  const typed = trimTyped(text)
  if (typed === '') return refuse('email_missing')
  const { local, domain } = splitEmail(typed)
  if (typed.length > EMAIL_MAX_CHARACTERS || local.length > LOCAL_MAX_CHARACTERS)
    return refuse('email_too_long')
  const asciiDomain = toAsciiDomain(domain)
  if (!LOCAL_PART.test(local) || !asciiDomain) return refuse('email_malformed')
  const value = `${local}@${asciiDomain}`
  return value.length > EMAIL_MAX_CHARACTERS ? refuse('email_too_long') : done(brandEmail(value))
}

/** The parts before and after the last "@". Without an "@", all of it is the local part. */
export function splitEmail(value: string): { local: string; domain: string } {
  const at = value.lastIndexOf('@')
  return at === -1
    ? { local: value, domain: '' }
    : { local: value.slice(0, at), domain: value.slice(at + 1) }
}

function toAsciiDomain(text: string): string | undefined {
  const folded = text.normalize('NFKC').replaceAll('。', '.')
  if (!DOMAIN_CHARACTERS.test(folded)) return undefined
  const ascii = domainToASCII(folded)
  const readable = domainToUnicode(ascii)
  return HOST_NAME.test(ascii) &&
    DOMAIN_CHARACTERS.test(readable) &&
    !readable.split('.').some((label) => isUndecoded(label) || mixesScripts(label))
    ? ascii
    : undefined
}

/**
 * Whether a label is still punycode after decoding. Node 20 and 22 refuse a label that cannot be decoded;
 * Node 24 returns it unchanged.
 */
const isUndecoded = (label: string) => label.startsWith('xn--')

function mixesScripts(label: string): boolean {
  return LOOK_ALIKE_SCRIPTS.filter((script) => script.test(label)).length > 1
}
