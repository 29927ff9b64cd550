const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const EXTENDED = '^{}\\[~]|€'

const BASIC_SET = new Set(BASIC)
const EXTENDED_SET = new Set(EXTENDED)

/** How many septets an SMS takes in the GSM 7-bit alphabet; 160 fit into one. Undefined when it is outside of that alphabet. */
export function countSeptets(text: string): number | undefined {
  const septets = [...text].map((character) =>
    BASIC_SET.has(character) ? 1 : EXTENDED_SET.has(character) ? 2 : undefined,
  )
  return septets.every((count) => count !== undefined)
    ? septets.reduce((sum, count) => sum + count, 0)
    : undefined
}

/**
 * Converts a text to the GSM 7-bit alphabet: it drops accents, and characters without an equivalent. One character outside of
 * the alphabet more than halves the length of an SMS.
 */
export function foldToGsm(text: string): string {
  return countSeptets(text) === undefined ? [...text].map(fold).join('') : text
}

function fold(character: string) {
  if (countSeptets(character) !== undefined) return character
  const bare = character.normalize('NFKD').replace(/\p{Mark}/gu, '')
  return countSeptets(bare) === undefined ? '' : bare
}
