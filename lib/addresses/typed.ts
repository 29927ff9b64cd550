const FULL_WIDTH = /[\uFF01-\uFF5E]/g
const FULL_WIDTH_OFFSET = 0xfee0
const ARABIC_DIGITS = /[\u0660-\u0669\u06F0-\u06F9]/g

const VISIBLE_PART = /^[\s\p{Cf}]*(.*[^\s\p{Cf}])?/su

/**
 * Removes white space and invisible format characters (zero-width, bidi, soft hyphen) at both ends;
 * pasted text contains them. It takes linear time; a pattern for trailing blanks alone would be
 * quadratic, because it starts again at each blank.
 */
export function trimTyped(text: string): string {
  return VISIBLE_PART.exec(text)?.[1] ?? ''
}

/** Converts full-width characters and both ranges of Arabic digits to ASCII. */
export function toAsciiDigits(text: string): string {
  return text
    .replace(FULL_WIDTH, (character) =>
      String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET),
    )
    .replace(ARABIC_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf))
}
