const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const EXTENDED = '^{}\\[~]|€'

const BASIC_SET = new Set(BASIC)
const EXTENDED_SET = new Set(EXTENDED)

/**
 * The number of septets of a text in the GSM 7-bit alphabet; one SMS holds 160. Undefined for a
 * text outside the alphabet.
 */
export function countSeptets(text: string): number | undefined {
  const septets = [...text].map((character) =>
    BASIC_SET.has(character) ? 1 : EXTENDED_SET.has(character) ? 2 : undefined,
  )
  return septets.every((count) => count !== undefined)
    ? septets.reduce((sum, count) => sum + count, 0)
    : undefined
}

/**
 * Converts a text to the GSM 7-bit alphabet: it removes accents, and characters without an
 * equivalent. With one character outside the alphabet, an SMS would hold 70 characters instead of
 * 160.
 */
export function foldToGsm(text: string): string {
  return countSeptets(text) === undefined ? [...text].map(fold).join('') : text
}

function fold(character: string) {
  if (countSeptets(character) !== undefined) return character
  const bare = character.normalize('NFKD').replace(/\p{Mark}/gu, '')
  return countSeptets(bare) === undefined ? '' : bare
}
