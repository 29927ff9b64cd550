/** Every printable ASCII character, and others that patterns and Unicode functions treat specially. */
const CHARACTERS = [
  ...Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)),
  ...['\t', '\n', '\0', '\u00a0', '\u00ad', '\u0301', '\u0660', '\u200b', '\u2013', '\u3002'],
  ...['\ufb01', '\uff10', '\uff20', '\ufdfa', '\ud83c', '𝐚', '👩‍👩‍👧'],
]

/** Each character, and each pair of two characters. */
export const UNITS = CHARACTERS.flatMap((first) => [
  first,
  ...CHARACTERS.filter((second) => second !== first).map((second) => first + second),
])

/** `unit` repeated to this many UTF-16 units, with an end that no field accepts. */
export const longText = (unit: string, length: number) =>
  `${unit.repeat(Math.floor(length / unit.length))} \u0007x`
