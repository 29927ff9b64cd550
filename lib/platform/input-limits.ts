/**
 * The limits of typed values. The browser checks them too, so this module is part of the script of
 * the pages and imports nothing.
 */

/**
 * Longer values are refused before they are parsed. This bounds the work that a hostile value can
 * cause.
 */
export const TYPED_MAX_CHARACTERS = 1_000
export const NAME_MAX_CHARACTERS = 100
/** RFC 5321 4.5.3.1.3: a path of 256 characters, less its angle brackets. */
export const EMAIL_MAX_CHARACTERS = 254
/** Characters are code points here (NIST SP 800-63B-4 3.1.1.2). */
export const PASSWORD_MIN_CHARACTERS = 8
export const PASSWORD_MAX_CHARACTERS = 128
export const CODE_DIGITS = 6
