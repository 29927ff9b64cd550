/**
 * How a saved code is written. The browser reads typed codes too, so this module is part of the script
 * of its page and imports nothing.
 */

/** Base32 of Crockford: without I, L, O and U. Each symbol has five bits. */
export const SAVED_CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 65 bits; NIST SP 800-63B-4 4.2.1.1 asks for 64. */
export const SAVED_CODE_SYMBOLS = 13

const GROUPS = /^(.{4})(.{4})(.{5})$/

/** Formats a code for people: groups of four, four and five symbols, with hyphens between them. */
export const formatSavedCode = (code: string): string => code.replace(GROUPS, '$1-$2-$3')

/**
 * Reads a typed code: lower case, spaces, hyphens and invisible characters are accepted, O is 0, and I
 * and L are 1. Undefined for anything else. Linear in its input, which the caller has bounded.
 */
export function readSavedCode(typed: string): string | undefined {
  const symbols = typed
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Pd}\u2212]/gu, '')
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  const isCode =
    symbols.length === SAVED_CODE_SYMBOLS &&
    [...symbols].every((symbol) => SAVED_CODE_ALPHABET.includes(symbol))
  return isCode ? symbols : undefined
}
