/**
 * The limits of what a customer types. The browser checks them before the server does, so this module is part of the pages'
 * script and imports nothing.
 */

/** Characters of a field that are looked at. Bounds the work that a hostile paste can cause. */
export const TYPED_MAX_CHARACTERS = 1_000
export const NAME_MAX_CHARACTERS = 100
/** RFC 5321 4.5.3.1.3: a path of 256 characters, less its angle brackets. */
export const EMAIL_MAX_CHARACTERS = 254
/** Characters are code points here (NIST SP 800-63B-4 3.1.1.2). */
export const PASSWORD_MIN_CHARACTERS = 8
export const PASSWORD_MAX_CHARACTERS = 128
export const CODE_DIGITS = 6
