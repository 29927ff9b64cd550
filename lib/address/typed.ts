/** Characters looked at in a field for an address. Bounds the work that a hostile paste can cause. */
export const TYPED_MAX_CHARACTERS = 1_000

const FULL_WIDTH = /[\uFF01-\uFF5E]/g
const FULL_WIDTH_OFFSET = 0xfee0
const ARABIC_DIGITS = /[\u0660-\u0669\u06F0-\u06F9]/g

/** Drops white space and invisible format characters (zero-width, bidi, soft hyphen) at both ends; a paste brings them along. */
export function trimTyped(text: string): string {
  return text.replace(/^[\s\p{Cf}]+/u, '').replace(/[\s\p{Cf}]+$/u, '')
}

/** Turns full-width characters and both rows of Arabic digits into ASCII. */
export function toAsciiDigits(text: string): string {
  return text
    .replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(ARABIC_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf))
}
