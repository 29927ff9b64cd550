import * as z from 'zod/mini'
import {
  CODE_DIGITS,
  EMAIL_MAX_CHARACTERS,
  NAME_MAX_CHARACTERS,
  PASSWORD_MAX_CHARACTERS,
  PASSWORD_MIN_CHARACTERS,
  TYPED_MAX_CHARACTERS,
} from '@/lib/platform/input-limits'
import { readSavedCode } from '@/lib/platform/saved-code-text'
import type { Refusal } from '../_text/refusal'

const PATH_MAX_CHARACTERS = 100

const refusal = (word: Refusal) => word

/** A check after whose failure no other check runs. */
const atMost = (characters: number, tooLong: Refusal) =>
  z.maxLength(characters, { error: tooLong, abort: true })

const filled = (missing: Refusal, tooLong: Refusal) =>
  z
    .string({ error: missing })
    .check(
      atMost(TYPED_MAX_CHARACTERS, tooLong),
      z.trim(),
      z.minLength(1, { error: missing, abort: true }),
    )

export const personName = filled('name_missing', 'name_too_long').check(
  atMost(NAME_MAX_CHARACTERS, 'name_too_long'),
)
export const identifier = filled('identifier_missing', 'identifier_malformed')
export const phone = filled('phone_missing', 'phone_too_long')
export const email = filled('email_missing', 'email_too_long').check(
  atMost(EMAIL_MAX_CHARACTERS, 'email_too_long'),
  z.regex(/^[^\s@＠]+[@＠]\S+$/, refusal('email_malformed')),
)

/** An existing password, unchanged: spaces count. */
export const currentPassword = z
  .string({ error: refusal('password_missing') })
  .check(z.minLength(1, refusal('password_missing')))

/** A password to be set. Characters are code points, as NIST SP 800-63B-4 3.1.1.2 counts them. */
export const newPassword = currentPassword.check(
  atMost(TYPED_MAX_CHARACTERS, 'password_too_long'),
  z.refine((text) => [...text].length >= PASSWORD_MIN_CHARACTERS, refusal('password_too_short')),
  z.refine((text) => [...text].length <= PASSWORD_MAX_CHARACTERS, refusal('password_too_long')),
)

export const choiceOf = <const Choice extends string>(...choices: Choice[]) =>
  z.enum(choices, { error: refusal('choice_missing') })

/** Where to go after a login: a page of the profile, never another site. */
export const profilePath = z.catch(
  z
    .string()
    .check(z.maxLength(PATH_MAX_CHARACTERS, { abort: true }), z.regex(/^\/profile(\/[a-z-]+)*$/)),
  '/profile',
)

/**
 * A typed or pasted code. It may have spaces, dashes, invisible characters, digits of other scripts,
 * or the whole message around it.
 */
export const code = z.pipe(
  filled('code_missing', 'code_too_long'),
  z.transform((text, context) => {
    const digits = readDigits(text)
    const fault = faultOf(digits)
    if (fault) context.issues.push({ code: 'custom', message: fault, input: text })
    return digits ?? ''
  }),
)

/** A typed or pasted saved code, in any notation that `readSavedCode` reads. */
export const savedCode = z.pipe(
  filled('saved_code_missing', 'saved_code_malformed'),
  z.transform((text, context) => {
    const read = readSavedCode(text)
    if (read === undefined)
      context.issues.push({
        code: 'custom',
        message: refusal('saved_code_malformed'),
        input: text,
      })
    return read ?? ''
  }),
)

function readDigits(text: string) {
  const latin = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
  if (/^[\d\s.-]*$/.test(latin)) return latin.replace(/\D/g, '')
  const codes = (latin.match(/(?<!\d)\d{3}[ -]?\d{3}(?!\d)/g) ?? []).map((run) =>
    run.replace(/\D/g, ''),
  )
  return new Set(codes).size === 1 ? codes[0] : undefined
}

function faultOf(digits: string | undefined): Refusal | undefined {
  if (digits === undefined) return 'code_not_digits'
  if (digits.length === CODE_DIGITS) return undefined
  return digits.length < CODE_DIGITS ? 'code_too_short' : 'code_too_long'
}
